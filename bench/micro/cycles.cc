#include "bench/micro/cycles.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include <benchmark/benchmark.h>

#include "core/model/dedup_key.h"
#include "core/queue/queue.h"

namespace twinq::bench {
namespace {

void ReceiveAndDeleteFrom(EngineQueue& queue, Timestamp now) {
  const EngineQueue::Received received = queue.Receive(now);
  benchmark::DoNotOptimize(received.payload->body().data());
  queue.Delete(now, received.receipt);
}

}  // namespace

void BareCycle::ReceiveAndDelete(Timestamp now) {
  const BareQueue::Received received = queue_.Receive(now.nanos());
  benchmark::DoNotOptimize(received.body.data());
  queue_.Delete(received.id);
}

StandardCycle::StandardCycle(const QueueOptions& options)
    : engine_(options), queue_(engine_, "bench") {}

void StandardCycle::Send(Timestamp now) {
  NewMessage message;
  message.id = MessageId::FromRandomBits(random_.Next(), random_.Next());
  queue_.Send(now, std::move(message), Body());
}

void StandardCycle::ReceiveAndDelete(Timestamp now) { ReceiveAndDeleteFrom(queue_, now); }

FifoCycle::FifoCycle(uint64_t groups, GroupOrder order, const QueueOptions& options)
    : groups_(groups), order_(order), engine_(options), queue_(engine_, "bench.fifo") {}

void FifoCycle::Send(Timestamp now) {
  NewMessage message;
  message.id = MessageId::FromRandomBits(random_.Next(), random_.Next());
  message.dedup = DedupKey{.high = random_.Next(), .low = random_.Next()};
  if (prepared_.empty()) {
    message.group = NextGroup();
  } else {
    message.group = std::move(prepared_.front());
    prepared_.pop_front();
  }
  queue_.Send(now, std::move(message), Body());
}

void FifoCycle::ReceiveAndDelete(Timestamp now) { ReceiveAndDeleteFrom(queue_, now); }

void FifoCycle::Prepare(int64_t sends) {
  for (int64_t i = 0; i < sends; ++i) prepared_.push_back(NextGroup());
}

GroupId FifoCycle::NextGroup() {
  const uint64_t number =
      order_ == GroupOrder::kRandom ? random_.Below(groups_) : groups_made_++ % groups_;
  return *GroupId::Parse(absl::StrCat("group-", number));
}

}  // namespace twinq::bench
