#include "server/journal_check.h"

#include <memory>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

#include "broker/shard.h"
#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "journal/file/log_check.h"
#include "journal/journal.h"
#include "server/data_directory.h"

namespace twinq {
namespace {

using RecordVisitor = absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)>;

// A journal that can be replayed and nothing else: the directory stays as it is. Nobody may append,
// so there is nothing to sync or to drop.
class ReadOnlyJournal : public Journal {
 public:
  ReadOnlyJournal(FileSystem& files, std::string directory, const LogShape& shape)
      : files_(files), directory_(std::move(directory)), shape_(shape) {}

  bool keeps_records() const override { return true; }
  absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view>) override {
    return absl::PermissionDeniedError(absl::StrCat(directory_, " is only read"));
  }
  SyncedUpTo synced_up_to() const override { return {}; }
  std::unique_ptr<SyncTicket> BeginSync() override { TWINQ_CHECK(false); }
  absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket>, absl::Status) override {
    TWINQ_CHECK(false);
  }
  absl::Status DropBefore(JournalPosition) override { TWINQ_CHECK(false); }
  absl::Status Replay(RecordVisitor visit) override {
    return CheckLog(files_, directory_,
                    [&](JournalPosition behind, absl::string_view record) {
                      return DamageAt(directory_, shape_, behind, visit(behind, record));
                    })
        .status();
  }

 private:
  FileSystem& files_;
  const std::string directory_;
  const LogShape shape_;
};

std::string LogLines(const LogCheck& check, const std::string& directory) {
  std::string lines =
      absl::StrCat("segments  ", check.segments, " of ", check.shape.segment_bytes,
                   " bytes\nrecords   ", check.records, " of ", check.record_bytes, " bytes\n");
  if (check.log.cut_bytes > 0) {
    absl::StrAppend(
        &lines, "torn      ", check.log.cut_bytes, " bytes that were never durable, behind ",
        PlaceOf(directory, check.shape, check.log.end), "; the next start cuts them off\n");
  }
  return lines;
}

std::string TotalsLines(const Shard::Totals& totals) {
  return absl::StrCat("queues    ", totals.queues, "\nmessages  ", totals.messages, " of ",
                      totals.body_bytes, " bytes\nlive      ", totals.live_bytes, " bytes\n");
}

}  // namespace

absl::StatusOr<JournalCheck> CheckJournal(FileSystem& files, const std::string& directory) {
  TWINQ_ASSIGN_OR_RETURN(const LogCheck log,
                         CheckLog(files, directory, [](auto, auto) { return absl::OkStatus(); }));
  JournalCheck check;
  check.report = LogLines(log, directory);
  for (const std::string& damage : log.damage)
    absl::StrAppend(&check.report, "damaged   ", damage, "\n");
  if (!log.damage.empty()) {
    check.verdict = JournalCheck::Verdict::kDamaged;
    return check;
  }
  ReadOnlyJournal journal(files, directory, log.shape);
  Shard shard(journal);
  const absl::Status replayed = shard.Start(ReceiptKey());
  if (absl::IsDataLoss(replayed)) {
    check.verdict = JournalCheck::Verdict::kDamaged;
    absl::StrAppend(&check.report, "damaged   ", replayed.message(), "\n");
    return check;
  }
  TWINQ_RETURN_IF_ERROR(replayed);
  absl::StrAppend(&check.report, TotalsLines(shard.totals()));
  return check;
}

}  // namespace twinq
