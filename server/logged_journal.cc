#include "server/logged_journal.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "core/base/status_macros.h"
#include "server/data_directory.h"

namespace twinq {
namespace {

constexpr absl::Duration kLogInterval = absl::Seconds(1);
// So many records pass between two looks at the clock.
constexpr uint64_t kRecordsPerLook = 1'024;
constexpr double kMegabyte = 1e6;

}  // namespace

absl::Status LoggedJournal::Replay(
    absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) {
  replayed_ = {};
  const absl::Time start = options_.clock.Now();
  next_log_ = start + kLogInterval;
  const auto count = [&](JournalPosition behind, absl::string_view record) -> absl::Status {
    ++replayed_.records;
    replayed_.record_bytes += record.size();
    if (replayed_.records % kRecordsPerLook == 0) TWINQ_RETURN_IF_ERROR(Look(behind));
    return DamageAt(options_.directory, journal_->shape(), behind, visit(behind, record));
  };
  TWINQ_RETURN_IF_ERROR(journal_->Replay(count));
  replayed_.time = options_.clock.Now() - start;
  return absl::OkStatus();
}

absl::Status LoggedJournal::Look(JournalPosition position) {
  if (options_.is_cancelled()) return absl::CancelledError("asked to end during the replay");
  const absl::Time now = options_.clock.Now();
  if (now < next_log_) return absl::OkStatus();
  next_log_ = now + kLogInterval;
  const uint64_t head = journal_->found().head.value();
  const uint64_t all_bytes = journal_->found().end.value() - head;
  options_.log(absl::StrFormat("replaying: %d %%, %d records, %.0f MB",
                               100 * (position.value() - head) / all_bytes, replayed_.records,
                               static_cast<double>(replayed_.record_bytes) / kMegabyte));
  return absl::OkStatus();
}

std::string RecoveryText(const LoggedJournal::Replayed& replayed, const Shard::Totals& totals) {
  return absl::StrFormat(
      "replayed %d records of %d bytes in %.3f s: queues %d, messages %d, bytes of messages %d",
      replayed.records, replayed.record_bytes, absl::ToDoubleSeconds(replayed.time), totals.queues,
      totals.messages, totals.body_bytes);
}

}  // namespace twinq
