#ifndef TWINQ_BENCH_MICRO_ENGINE_QUEUE_H_
#define TWINQ_BENCH_MICRO_ENGINE_QUEUE_H_

#include <optional>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "bench/micro/engine.h"
#include "broker/command.h"
#include "broker/payload.h"
#include "core/model/receipt.h"
#include "core/queue/queue.h"

namespace twinq::bench {

// The commands on one queue of an engine, with the checks that keep a benchmark honest: what it
// believes to have measured has happened.
//
// Lifetime: borrows the engine.
class EngineQueue {
 public:
  using Receipts = absl::InlinedVector<Receipt, 1>;
  struct Received {
    Receipt receipt;
    PayloadPtr payload;
  };

  // A queue that is there already.
  EngineQueue(Engine& engine, QueueId queue) : engine_(engine), queue_(queue) {}
  // A new queue.
  EngineQueue(Engine& engine, absl::string_view name) : EngineQueue(engine, engine.Create(name)) {}

  QueueId id() const { return queue_; }

  // `message` without its body. REQUIRES: it is no duplicate.
  void Send(Timestamp now, NewMessage message, absl::string_view body);
  // REQUIRES: a message is available.
  Received Receive(Timestamp now, std::optional<absl::Duration> visibility = std::nullopt);
  // Up to ten. REQUIRES: a message is available.
  Receipts ReceiveBatch(Timestamp now);
  // REQUIRES: the messages are in flight.
  void Delete(Timestamp now, const Receipt& receipt);
  void Delete(Timestamp now, Receipts receipts);
  void ChangeVisibility(Timestamp now, const Receipt& receipt, absl::Duration visibility);

 private:
  Engine& engine_;
  QueueId queue_;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_ENGINE_QUEUE_H_
