#include "tests/crash/queue_clients.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace twinq::crash {
namespace {

// Of the recorder that no client has.
constexpr uint32_t kOwnNumber = 0;
constexpr absl::Duration kQuietBeyond = absl::Seconds(1);

}  // namespace

QueueClients::QueueClients(const QueuePlan& plan, const Surroundings& surroundings, Random& random)
    : queue_(plan, surroundings), recorder_(kOwnNumber) {
  uint32_t number = kOwnNumber;
  for (uint32_t i = 0; i < plan.producers; ++i) {
    producers_.push_back(std::make_unique<Producer>(queue_, ++number, random.Next()));
  }
  for (uint32_t i = 0; i < plan.consumers; ++i) {
    consumers_.push_back(std::make_unique<Consumer>(queue_, ++number, random.Next()));
  }
  for (const auto& producer : producers_) {
    threads_.emplace_back("producer", [&producer = *producer] { producer.Run(); });
  }
  for (const auto& consumer : consumers_) {
    threads_.emplace_back("consumer", [&consumer = *consumer] { consumer.Run(); });
  }
}

void QueueClients::Purged(const history::CallTimes& times, history::Outcome outcome) {
  recorder_.Purged(kOwnNumber, times, outcome);
}

void QueueClients::BeginDrain() {
  draining_since_ = queue_.Now();
  queue_.phase = SharedQueue::Phase::kDraining;
}

bool QueueClients::IsDrained() const {
  const absl::Duration quiet_min =
      std::max(absl::Seconds(kVisibilitySecondsMax) + queue_.plan.delay,
               absl::Seconds(kMessageDelaySecondsMax)) +
      kQuietBeyond;
  const Timestamp last =
      std::max(draining_since_, Timestamp::FromNanos(queue_.last_received_nanos));
  return queue_.Now() - last > quiet_min;
}

void QueueClients::Stop() {
  queue_.phase = SharedQueue::Phase::kEnded;
  threads_.clear();  // Joins.
}

QueueHistory QueueClients::TakeHistory() {
  TWINQ_CHECK(threads_.empty());
  std::vector<history::Recorder> recorders;
  recorders.push_back(std::move(recorder_));
  for (const auto& producer : producers_) recorders.push_back(producer->TakeRecorder());
  for (const auto& consumer : consumers_) recorders.push_back(consumer->TakeRecorder());
  return {.plan = queue_.plan, .history = history::Merge(std::move(recorders), {})};
}

}  // namespace twinq::crash
