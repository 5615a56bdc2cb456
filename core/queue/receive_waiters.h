#ifndef TWINQ_CORE_QUEUE_RECEIVE_WAITERS_H_
#define TWINQ_CORE_QUEUE_RECEIVE_WAITERS_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/queue/receive_credit.h"

namespace twinq {

// Names a receive that waits for messages. Unique in its shard for as long as the shard runs.
enum class WaiterId : uint64_t {};

// A receive that has found nothing yet.
struct Waiter {
  WaiterId id{};
  ReceiveCredit credit = {};
  absl::Duration visibility;
  Timestamp arrived_at;
  Timestamp wait_until;  // Then it is answered with nothing.
};

// The receives that wait on one queue, served in the order of their arrival (SQS semantics 4.3).
//
// Cost: O(1), for waits of more than a few lengths O(log waiters); a waiter leaves from anywhere.
// A queue on which nobody has waited yet pays two words.
class ReceiveWaiters {
 public:
  ReceiveWaiters();
  ~ReceiveWaiters();
  ReceiveWaiters(ReceiveWaiters&& other) noexcept;  // Leaves none behind.
  ReceiveWaiters& operator=(ReceiveWaiters&& other) noexcept;

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }

  void Add(const Waiter& waiter);
  // The one who has waited longest, until the next Add() or Remove(). REQUIRES: !empty().
  const Waiter& front() const;
  // Whether it was there.
  bool Remove(WaiterId id);

  // The earliest end of a wait, or Timestamp::Infinite().
  Timestamp NextDeadline() const;
  // Who waits until then, by arrival among equals. REQUIRES: !empty().
  WaiterId NextToEnd() const;

 private:
  class Line;

  std::unique_ptr<Line> line_;
  size_t size_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_RECEIVE_WAITERS_H_
