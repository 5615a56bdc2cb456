#include "tests/crash/temporary_queues.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace twinq::crash {
namespace {

using history::Outcome;

constexpr double kPurge = 0.7;
constexpr absl::Duration kPauseMin = absl::Milliseconds(200);
constexpr absl::Duration kPauseMax = absl::Milliseconds(2000);
constexpr absl::Duration kRetryPause = absl::Milliseconds(2);
constexpr char kNoQueue[] = "QueueDoesNotExist";

}  // namespace

TemporaryQueues::TemporaryQueues(const Surroundings& surroundings, Catalogue& catalogue,
                                 uint64_t seed)
    : surroundings_(surroundings),
      catalogue_(catalogue),
      random_(seed),
      service_(surroundings.location, surroundings.clock) {}

void TemporaryQueues::Run() {
  while (!is_stopped_ && !IsGivenUp()) RunOne(NextPlan());
}

QueuePlan TemporaryQueues::NextPlan() {
  QueuePlan plan;
  plan.name = absl::StrCat("temporary-", ++queues_);
  plan.producers = 1;
  plan.consumers = 2;
  if (queues_ % 2 == 0) {
    plan.name += ".fifo";
    plan.kind = QueueKind::kFifo;
    if (random_.Chance(0.5)) plan.dedup = QueuePlan::Dedup::kByContent;
  }
  return plan;
}

void TemporaryQueues::RunOne(const QueuePlan& plan) {
  if (!Create(plan)) return;
  QueueClients clients(plan, surroundings_, random_);
  PauseRandomly();
  PurgePerhaps(clients);
  PauseRandomly();
  Delete(clients);
  PauseRandomly();
  clients.Stop();
  histories_.push_back(clients.TakeHistory());
}

bool TemporaryQueues::Create(const QueuePlan& plan) {
  catalogue_.Changing(plan.name);
  while (!IsGivenUp()) {
    const auto answer = CreateQueue(service_, plan);
    if (answer.outcome == Outcome::kDone) {
      ++surroundings_.progress.operations;
      catalogue_.Made(plan.name);
      return true;
    }
    if (answer.outcome == Outcome::kRefused) {
      surroundings_.complaints.Add(absl::StrCat(
          "creation of queue ", plan.name, " was refused with ", answer.error, ": ", answer.text));
      return false;
    }
    surroundings_.location.Pause(kRetryPause);
  }
  return false;
}

void TemporaryQueues::Delete(QueueClients& clients) {
  const std::string& name = clients.queue_name();
  clients.BeginDelete();
  catalogue_.Changing(name);
  bool is_repeated = false;
  while (!IsGivenUp()) {
    const auto answer = DeleteQueue(service_, name);
    // Refused so, it is gone: an earlier call that had no answer was carried out.
    const bool is_gone =
        answer.outcome == Outcome::kDone ||
        (is_repeated && answer.outcome == Outcome::kRefused && answer.error == kNoQueue);
    clients.Purged(answer.times, is_gone ? Outcome::kDone : answer.outcome);
    if (is_gone) {
      ++surroundings_.progress.operations;
      return catalogue_.Deleted(name);
    }
    if (answer.outcome == Outcome::kRefused) {
      return surroundings_.complaints.Add(absl::StrCat(
          "deletion of queue ", name, " was refused with ", answer.error, ": ", answer.text));
    }
    is_repeated = true;
    surroundings_.location.Pause(kRetryPause);
  }
}

void TemporaryQueues::PurgePerhaps(QueueClients& clients) {
  if (!random_.Chance(kPurge)) return;
  const auto answer = PurgeQueue(service_, clients.queue_name());
  clients.Purged(answer.times, answer.outcome);
  if (answer.outcome == Outcome::kDone) ++surroundings_.progress.operations;
  if (answer.outcome != Outcome::kRefused) return;
  surroundings_.complaints.Add(absl::StrCat("a purge of queue ", clients.queue_name(),
                                            " was refused with ", answer.error, ": ", answer.text));
}

void TemporaryQueues::PauseRandomly() {
  const auto spread = static_cast<uint64_t>(absl::ToInt64Nanoseconds(kPauseMax - kPauseMin));
  const absl::Time until = surroundings_.clock.Now() + kPauseMin +
                           absl::Nanoseconds(static_cast<int64_t>(random_.Below(spread)));
  while (!is_stopped_ && !IsGivenUp() && surroundings_.clock.Now() < until) {
    surroundings_.location.Pause(absl::Milliseconds(20));
  }
}

}  // namespace twinq::crash
