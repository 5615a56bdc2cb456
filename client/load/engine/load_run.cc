#include "client/load/engine/load_run.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "client/lib/admin_client.h"
#include "client/lib/channel.h"
#include "client/load/engine/chapter.h"
#include "client/load/engine/history_file.h"
#include "core/base/status_macros.h"
#include "sim/history/promises.h"

namespace twinq::load {
namespace {

using client::QueueKind;

// A server that reads its clock once for several commands ends a visibility that much too early.
constexpr absl::Duration kClockError = absl::Milliseconds(1);

history::Promises PromisesOf(QueueKind kind) {
  return {.kind = kind == QueueKind::kFifo ? twinq::QueueKind::kFifo : twinq::QueueKind::kStandard,
          .clock_error = kClockError};
}

// A run, chapter by chapter.
class LoadRun {
 public:
  // Borrows all but the server's description.
  LoadRun(const Workload& workload, const Target& target, const Surroundings& surroundings,
          std::optional<client::ServerInfo> server)
      : workload_(workload),
        target_(target),
        surroundings_(surroundings),
        groups_(workload.groups, workload.group_skew),
        meter_(server, surroundings.clock, surroundings.progress) {
    result_.kind = target.kind;
    result_.server = std::move(server);
  }

  absl::StatusOr<RunResult> Run();

 private:
  ChapterPlan NextPlan() const;
  absl::Status RunNext();
  absl::Status Judge(const history::History& history);
  void Conclude();

  const Workload& workload_;
  const Target& target_;
  const Surroundings& surroundings_;
  const GroupChoice groups_;
  UsageMeter meter_;
  uint32_t next_number_ = 0;
  bool is_over_ = false;
  RunResult result_;
};

absl::StatusOr<RunResult> LoadRun::Run() {
  do {
    TWINQ_RETURN_IF_ERROR(RunNext());
  } while (!is_over_);
  Conclude();
  return std::move(result_);
}

ChapterPlan LoadRun::NextPlan() const {
  const absl::Time now = surroundings_.clock.Now();
  // Numbers of messages have 32 bits; a batch may take some beyond the last.
  constexpr int64_t kNumbersMax = std::numeric_limits<uint32_t>::max() / 2;
  const int64_t numbers_left =
      std::min(workload_.messages_max.value_or(kNumbersMax), kNumbersMax) - next_number_;
  return {.first_number = next_number_,
          .numbers = static_cast<uint32_t>(
              std::clamp<int64_t>(numbers_left, 0, surroundings_.chapter_messages)),
          .began_at = now,
          .ends_at = now + (workload_.duration - result_.sending),
          .sent_before = result_.sending,
          .warmup = std::max(workload_.warmup - result_.sending, absl::ZeroDuration())};
}

absl::Status LoadRun::RunNext() {
  SharedChapter chapter(workload_, target_, surroundings_.clock, groups_, NextPlan());
  TWINQ_ASSIGN_OR_RETURN(
      ChapterOutcome outcome,
      RunChapter(
          chapter, surroundings_.progress, [this] { meter_.Begin(); }, [this] { meter_.End(); }));
  ++result_.chapters;
  next_number_ += outcome.messages;
  result_.sending += outcome.sending;
  result_.is_drained = outcome.history.end.remaining.has_value();
  // Only a chapter that is full has another behind it, and what is left over would disturb it.
  is_over_ = outcome.messages < chapter.plan.numbers || NextPlan().numbers == 0 ||
             result_.sending >= workload_.duration || !result_.is_drained;
  result_.measurements.Merge(outcome.measurements);
  return Judge(outcome.history);
}

absl::Status LoadRun::Judge(const history::History& history) {
  if (!surroundings_.history_path.empty()) {
    const std::string suffix = result_.chapters == 1 ? "" : absl::StrCat(".", result_.chapters);
    TWINQ_RETURN_IF_ERROR(
        WriteHistoryFile(history, absl::StrCat(surroundings_.history_path, suffix)));
  }
  TWINQ_ASSIGN_OR_RETURN(history::Judgement judgement,
                         history::Judge(history, PromisesOf(target_.kind)));
  result_.judged.Add(std::move(judgement));
  return absl::OkStatus();
}

void LoadRun::Conclude() {
  result_.sent = surroundings_.progress.sent;
  result_.usage = meter_.usage();
  const std::vector<int64_t>& received = result_.measurements.received.counts();
  const auto begin = static_cast<size_t>(workload_.warmup / Timeline::kWidth);
  const auto end =
      std::min(static_cast<size_t>(result_.sending / Timeline::kWidth), received.size());
  if (begin >= end) return;
  int64_t count = 0;
  for (size_t i = begin; i < end; ++i) count += received[i];
  result_.throughput_per_s = static_cast<int64_t>(absl::FDivDuration(
      absl::Seconds(count), static_cast<int64_t>(end - begin) * Timeline::kWidth));
}

}  // namespace

absl::StatusOr<RunResult> RunWorkload(const Workload& workload, const Target& target,
                                      const Surroundings& surroundings) {
  const auto channel = client::Connect(target.server);
  client::QueueClient client(channel);
  TWINQ_RETURN_IF_ERROR(client.CreateQueue(target.queue_name, target.kind).status());
  // Servers other than ours may not say what they are.
  absl::StatusOr<client::ServerInfo> info = client::AdminClient(channel).GetServerInfo();
  const std::optional<client::ServerInfo> server =
      info.ok() ? std::optional<client::ServerInfo>(*std::move(info)) : std::nullopt;
  absl::StatusOr<RunResult> result = LoadRun(workload, target, surroundings, server).Run();
  const absl::Status deleted = client.DeleteQueue(target.queue_name);
  if (result.ok() && !deleted.ok()) return deleted;
  return result;
}

}  // namespace twinq::load
