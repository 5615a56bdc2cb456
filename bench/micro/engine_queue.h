#ifndef TWINQ_BENCH_MICRO_ENGINE_QUEUE_H_
#define TWINQ_BENCH_MICRO_ENGINE_QUEUE_H_

#include <cstdint>

#include "absl/strings/string_view.h"

#include "broker/body_store.h"
#include "broker/broker.h"
#include "core/model/message_id.h"
#include "core/model/queue_id.h"
#include "core/model/queue_name.h"
#include "core/model/receipt.h"

namespace twinq::bench {

// One queue of a broker, driven as a shard drives it: commands in, bodies kept beside the engine
// and pinned for each answer. The records are dropped: there is no journal.
class EngineQueue {
 public:
  struct Received {
    Receipt receipt;
    PayloadPtr payload;
  };

  explicit EngineQueue(const QueueName& name);

  void Send(Timestamp now, MessageId id, absl::string_view body);
  // REQUIRES: a message is available.
  Received Receive(Timestamp now);
  // REQUIRES: the message is there.
  void Delete(Timestamp now, const Receipt& receipt);

 private:
  Reply Handle(Timestamp now, Command command);

  Broker broker_;
  BodyStore bodies_;
  Outcome outcome_;
  QueueId queue_;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_ENGINE_QUEUE_H_
