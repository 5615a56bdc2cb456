#include "server/api/transit_budget.h"

namespace twinq::api {

bool TransitBudget::TakeFor(const std::string& connection, uint64_t bytes) {
  if (bytes < kLargeAnswerBytes) return Take(bytes);
  if (!TakeShare(connection, bytes)) return false;
  if (Take(bytes)) return true;
  GiveBackShare(connection, bytes);
  return false;
}

void TransitBudget::GiveBackOf(const std::string& connection, uint64_t bytes) {
  GiveBack(bytes);
  if (bytes >= kLargeAnswerBytes) GiveBackShare(connection, bytes);
}

bool TransitBudget::TakeShare(const std::string& connection, uint64_t bytes) {
  const platform::MutexLock lock(mutex_);
  uint64_t& share = by_connection_[connection];
  const bool has_room =
      share + bytes <= bytes_max_ / 4 && in_answers_ + bytes <= bytes_max_ / 4 * 3;
  if (has_room) {
    share += bytes;
    in_answers_ += bytes;
  } else if (share == 0) {
    by_connection_.erase(connection);
  }
  return has_room;
}

void TransitBudget::GiveBackShare(const std::string& connection, uint64_t bytes) {
  const platform::MutexLock lock(mutex_);
  const auto share = by_connection_.find(connection);
  share->second -= bytes;
  in_answers_ -= bytes;
  if (share->second == 0) by_connection_.erase(share);
}

}  // namespace twinq::api
