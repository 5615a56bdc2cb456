#include "tests/crash/consumer.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/types/span.h"

namespace twinq::crash {
namespace {

using history::Outcome;
using Purpose = history::VisibilityChange::Purpose;

constexpr uint64_t kReceiveMax = 10;
constexpr int kLongPollSeconds = 1;
constexpr double kDeleteSingly = 0.3;
constexpr absl::Duration kIdlePause = absl::Milliseconds(10);
// A delete without an answer is sent again after this time.
constexpr absl::Duration kDeleteAgainAfter = absl::Milliseconds(20);
constexpr double kReleaseAtOnce = 0.6;

}  // namespace

Consumer::Consumer(SharedQueue& queue, uint32_t number, uint64_t seed)
    : queue_(queue), random_(seed), client_(queue, number) {}

void Consumer::Run() {
  while (queue_.phase != SharedQueue::Phase::kEnded) {
    DeleteKept();
    std::vector<Held> messages = client_.Receive(NewWish());
    if (messages.empty()) {
      queue_.surroundings.location.Pause(kIdlePause);
    } else {
      Handle(std::move(messages));
    }
  }
}

Wish Consumer::NewWish() {
  constexpr auto kSpread = uint64_t{kVisibilitySecondsMax - kVisibilitySecondsMin + 1};
  Wish wish{.messages_max = static_cast<int>(1 + random_.Below(kReceiveMax)),
            .visibility_seconds = kVisibilitySecondsMin + static_cast<int>(random_.Below(kSpread))};
  if (random_.Chance(queue_.plan.long_poll)) wish.wait_seconds = kLongPollSeconds;
  if (IsSending() && random_.Chance(queue_.plan.lose_answer)) {
    wish.patience = absl::Milliseconds(1);
    wish.wait_seconds = 0;
  }
  return wish;
}

void Consumer::Handle(std::vector<Held> messages) {
  if (IsSending()) {
    std::erase_if(messages, [this](const Held& message) { return PutAside(message); });
  }
  if (messages.empty()) return;
  if (!random_.Chance(kDeleteSingly)) return Delete(std::move(messages));
  for (Held& message : messages) Delete({std::move(message)});
}

bool Consumer::PutAside(const Held& message) {
  const QueuePlan& plan = queue_.plan;
  if (random_.Chance(plan.leave)) return true;
  if (random_.Chance(plan.release)) {
    const int seconds = random_.Chance(kReleaseAtOnce) ? 0 : 1;
    client_.ChangeVisibility(message, seconds, Purpose::kRelease);
    return true;
  }
  if (random_.Chance(plan.extend)) {
    client_.ChangeVisibility(message, kVisibilitySecondsMax, Purpose::kExtend);
    Keep(message, absl::Seconds(kVisibilitySecondsMax));
    return true;
  }
  if (!random_.Chance(plan.hold)) return false;
  Keep(message, kHoldMax);
  return true;
}

void Consumer::Keep(const Held& message, absl::Duration span_max) {
  const auto nanos_max = static_cast<uint64_t>(absl::ToInt64Nanoseconds(span_max));
  const auto nanos = static_cast<int64_t>(random_.Below(nanos_max));
  kept_.push_back({message, queue_.Now() + absl::Nanoseconds(nanos)});
}

void Consumer::Delete(std::vector<Held> messages) {
  const std::vector<Outcome> outcomes = client_.Delete(messages);
  for (size_t i = 0; i < messages.size(); ++i) {
    if (outcomes[i] != Outcome::kUnknown) continue;
    kept_.push_back({std::move(messages[i]), queue_.Now() + kDeleteAgainAfter});
  }
}

void Consumer::DeleteKept() {
  const Timestamp now = queue_.Now();
  const bool is_draining = !IsSending();
  std::vector<Held> due;
  std::erase_if(kept_, [&](Kept& kept) {
    if (due.size() == kReceiveMax || (kept.until > now && !is_draining)) return false;
    due.push_back(std::move(kept.message));
    return true;
  });
  if (!due.empty()) Delete(std::move(due));
}

}  // namespace twinq::crash
