#include "server/logged_journal.h"

#include "core/base/status_macros.h"
#include "platform/log.h"
#include "server/data_directory.h"

namespace twinq {
namespace {

constexpr absl::Duration kLogInterval = absl::Seconds(1);
// So many records pass between two looks at the clock.
constexpr uint64_t kRecordsPerLook = 1'024;

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
  platform::Log(platform::LogLevel::kInfo, "replaying",
                {{"percent", 100 * (position.value() - head) / all_bytes},
                 {"records", replayed_.records},
                 {"record_bytes", replayed_.record_bytes}});
  return absl::OkStatus();
}

void LogRecovered(const LoggedJournal::Replayed& replayed, const Shard::Totals& totals) {
  platform::Log(platform::LogLevel::kInfo, "recovered",
                {{"records", replayed.records},
                 {"record_bytes", replayed.record_bytes},
                 {"seconds", replayed.time},
                 {"queues", totals.queues},
                 {"messages", totals.messages},
                 {"message_bytes", totals.body_bytes}});
}

}  // namespace twinq
