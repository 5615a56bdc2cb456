#include "tests/crash/producer.h"

#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

namespace twinq::crash {
namespace {

using history::Outcome;

constexpr uint64_t kBatchMax = 10;
// Small, with some that take several blocks of the disk.
constexpr uint64_t kBodyBytesMin = 24;
constexpr uint64_t kBodyBytesUsual = 200;
constexpr uint64_t kBodyBytesLarge = 20'000;
constexpr double kLarge = 0.01;
constexpr absl::Duration kFullPause = absl::Milliseconds(5);
constexpr absl::Duration kFailurePause = absl::Milliseconds(2);
constexpr double kStandardRetry = 0.5;
constexpr size_t kRecentMax = 40;
// A message is sent again only while its deduplication window, of 5 minutes, is certainly open.
constexpr absl::Duration kAgainMax = absl::Minutes(4);

}  // namespace

Producer::Producer(SharedQueue& queue, uint32_t number, uint64_t seed)
    : queue_(queue), number_(number), random_(seed), client_(queue, number) {}

void Producer::Run() {
  while (IsSending()) {
    if (queue_.outstanding.size() >= queue_.plan.backlog_max) {
      queue_.surroundings.location.Pause(kFullPause);
      continue;
    }
    if (queue_.plan.kind == QueueKind::kFifo && random_.Chance(queue_.plan.send_again)) {
      SendRecentAgain();
    } else {
      SendUntilAnswered(NewDrafts());
    }
  }
}

std::vector<Draft> Producer::NewDrafts() {
  const uint64_t count =
      random_.Chance(queue_.plan.send_batch) ? 2 + random_.Below(kBatchMax - 1) : 1;
  std::vector<Draft> drafts;
  for (uint64_t i = 0; i < count; ++i) drafts.push_back(NewDraft());
  return drafts;
}

Draft Producer::NewDraft() {
  const QueuePlan& plan = queue_.plan;
  Draft draft;
  draft.name = {.producer = number_, .number = ++messages_};
  draft.body_bytes =
      kBodyBytesMin + random_.Below(random_.Chance(kLarge) ? kBodyBytesLarge : kBodyBytesUsual);
  if (plan.kind == QueueKind::kFifo) {
    draft.group = absl::StrCat("group-", random_.Below(plan.groups));
  } else if (random_.Chance(plan.delay_message)) {
    draft.delay_seconds = kMessageDelaySecondsMax;
  }
  return draft;
}

void Producer::SendUntilAnswered(std::vector<Draft> drafts) {
  const Timestamp first_sent_at = queue_.Now();
  while (!drafts.empty()) {
    const std::vector<Outcome> outcomes = client_.Send(drafts, Patience());
    std::vector<Draft> unanswered;
    bool is_refused = false;
    for (size_t i = 0; i < drafts.size(); ++i) {
      if (outcomes[i] == Outcome::kDone) {
        queue_.outstanding.Add(drafts[i].name);
        Remember(drafts[i], first_sent_at);
      }
      if (outcomes[i] == Outcome::kRefused) is_refused = true;
      if (outcomes[i] == Outcome::kUnknown) unanswered.push_back(std::move(drafts[i]));
    }
    if (is_refused || !unanswered.empty()) queue_.surroundings.location.Pause(kFailurePause);
    if (unanswered.empty() || !IsSending()) return;
    if (queue_.plan.kind == QueueKind::kStandard && !random_.Chance(kStandardRetry)) return;
    drafts = std::move(unanswered);
  }
}

void Producer::Remember(const Draft& draft, Timestamp sent_at) {
  if (recent_.size() < kRecentMax) {
    recent_.push_back({draft, sent_at});
  } else {
    recent_[random_.Below(kRecentMax)] = {draft, sent_at};
  }
}

void Producer::SendRecentAgain() {
  if (recent_.empty()) return;
  const Recent& recent = recent_[random_.Below(recent_.size())];
  if (queue_.Now() - recent.sent_at > kAgainMax) return;
  client_.Send(absl::MakeConstSpan(&recent.draft, 1), Patience());
}

absl::Duration Producer::Patience() {
  return random_.Chance(queue_.plan.lose_answer) ? absl::Milliseconds(1) : kPatience;
}

}  // namespace twinq::crash
