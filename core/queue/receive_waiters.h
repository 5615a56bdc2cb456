#ifndef TWINQ_CORE_QUEUE_RECEIVE_WAITERS_H_
#define TWINQ_CORE_QUEUE_RECEIVE_WAITERS_H_

#include <compare>
#include <cstdint>
#include <list>
#include <utility>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

#include "core/base/timestamp.h"

namespace twinq {

// Names a receive that waits for messages. Unique in its shard for as long as the shard runs.
enum class WaiterId : uint64_t {};

// A receive that has found nothing yet. Its credit is how many messages it still takes.
struct Waiter {
  WaiterId id{};
  int credit = 1;
  absl::Duration visibility;
  Timestamp arrived_at;
  Timestamp wait_until;  // Then it is answered with nothing.
};

// The receives that wait on one queue, served in the order of their arrival (SQS semantics 4.3).
//
// Cost: O(log waiters); a waiter leaves from anywhere.
class ReceiveWaiters {
 public:
  bool empty() const { return waiters_.empty(); }
  size_t size() const { return waiters_.size(); }

  void Add(const Waiter& waiter);
  // The one who has waited longest. REQUIRES: !empty().
  const Waiter& front() const { return waiters_.front(); }
  // Whether it was there.
  bool Remove(WaiterId id);

  // The earliest end of a wait, or Timestamp::Infinite().
  Timestamp NextDeadline() const;
  // Who waits until then, by arrival among equals. REQUIRES: !empty().
  WaiterId NextToEnd() const { return deadlines_.begin()->second; }

 private:
  std::list<Waiter> waiters_;
  absl::flat_hash_map<WaiterId, std::list<Waiter>::iterator> places_;
  absl::btree_set<std::pair<Timestamp, WaiterId>> deadlines_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_RECEIVE_WAITERS_H_
