#include "core/queue/receive_waiters.h"

#include "core/base/check.h"

namespace twinq {

void ReceiveWaiters::Add(const Waiter& waiter) {
  const bool is_new = places_.emplace(waiter.id, waiters_.insert(waiters_.end(), waiter)).second;
  TWINQ_CHECK(is_new);
  deadlines_.emplace(waiter.wait_until, waiter.id);
}

bool ReceiveWaiters::Remove(WaiterId id) {
  const auto place = places_.find(id);
  if (place == places_.end()) return false;
  deadlines_.erase({place->second->wait_until, id});
  waiters_.erase(place->second);
  places_.erase(place);
  return true;
}

Timestamp ReceiveWaiters::NextDeadline() const {
  return deadlines_.empty() ? Timestamp::Infinite() : deadlines_.begin()->first;
}

}  // namespace twinq
