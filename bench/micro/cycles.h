#ifndef TWINQ_BENCH_MICRO_CYCLES_H_
#define TWINQ_BENCH_MICRO_CYCLES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "absl/time/time.h"

#include "bench/micro/bare_queue.h"
#include "bench/micro/engine.h"
#include "bench/micro/engine_queue.h"
#include "bench/micro/random_numbers.h"
#include "core/base/timestamp.h"
#include "core/model/group_id.h"
#include "core/model/message_id.h"

namespace twinq::bench {

// One message's life, in the forms that are compared: the floor, a standard queue, a FIFO queue.
// Each has
//   Send(now)              a message of 100 bytes with ids of its own
//   ReceiveAndDelete(now)  the next message; REQUIRES: one is available
//   Hold(now)              receives the next message and keeps it in flight
//   Prepare(sends)         makes what front ends would make for so many sends, ahead of the clock

inline const std::string& Body() {
  static const std::string body(100, 'x');
  return body;
}

class BareCycle {
 public:
  void Send(Timestamp now) { queue_.Send(now.nanos(), ids_.Next(), Body()); }
  void ReceiveAndDelete(Timestamp now);
  void Hold(Timestamp now) { queue_.Receive(now.nanos()); }
  void Prepare(int64_t) {}

 private:
  RandomNumbers ids_;
  BareQueue queue_;
};

class StandardCycle {
 public:
  explicit StandardCycle(const QueueOptions& options = {});

  void Send(Timestamp now);
  void ReceiveAndDelete(Timestamp now);
  void Hold(Timestamp now) { queue_.Receive(now, absl::Hours(11)); }
  void Prepare(int64_t) {}
  EngineQueue& queue() { return queue_; }
  Engine& engine() { return engine_; }

 private:
  Engine engine_;
  EngineQueue queue_;
  RandomNumbers random_;
};

// How the messages of a FIFO queue are spread over its groups.
enum class GroupOrder : uint8_t { kRandom, kInTurn };

class FifoCycle {
 public:
  explicit FifoCycle(uint64_t groups, GroupOrder order = GroupOrder::kRandom,
                     const QueueOptions& options = {});

  void Send(Timestamp now);
  void ReceiveAndDelete(Timestamp now);
  void Hold(Timestamp now) { queue_.Receive(now, absl::Hours(11)); }
  void Prepare(int64_t sends);
  EngineQueue& queue() { return queue_; }
  Engine& engine() { return engine_; }

 private:
  GroupId NextGroup();

  const uint64_t groups_;
  const GroupOrder order_;
  Engine engine_;
  EngineQueue queue_;
  RandomNumbers random_;
  uint64_t groups_made_ = 0;
  std::deque<GroupId> prepared_;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_CYCLES_H_
