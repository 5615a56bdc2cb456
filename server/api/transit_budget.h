#ifndef TWINQ_SERVER_API_TRANSIT_BUDGET_H_
#define TWINQ_SERVER_API_TRANSIT_BUDGET_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"

#include "platform/mutex.h"

namespace twinq::api {

// How many bytes of requests and answers on their way there may be at once, over all front ends:
// clients that send and do not wait, or ask and do not read, are refused beyond it instead of
// taking the machine's memory.
//
// Guarantee: messages that are on their way to one connection have at most a quarter of it, and
// those to all together three quarters: a client that does not read is alone in what it loses.
// Thread-safety: any thread. Cost: an atomic addition a call; a lock and a look into a table for an
// answer of kLargeAnswerBytes.
class TransitBudget {
 public:
  // Answers with less of messages count for no connection.
  static constexpr uint64_t kLargeAnswerBytes = 1'024;

  explicit TransitBudget(uint64_t bytes_max) : bytes_max_(bytes_max) {}

  // All of it or, if there is no room, nothing.
  bool Take(uint64_t bytes) {
    if (taken_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= bytes_max_) return true;
    GiveBack(bytes);
    return false;
  }
  // REQUIRES: so much was taken.
  void GiveBack(uint64_t bytes) { taken_.fetch_sub(bytes, std::memory_order_relaxed); }

  // The same for messages on their way to a connection, whatever it is called by.
  bool TakeFor(const std::string& connection, uint64_t bytes);
  void GiveBackOf(const std::string& connection, uint64_t bytes);

  uint64_t taken() const { return taken_.load(std::memory_order_relaxed); }
  bool HasRoomFor(uint64_t bytes) const { return taken() + bytes <= bytes_max_; }

 private:
  bool TakeShare(const std::string& connection, uint64_t bytes);
  void GiveBackShare(const std::string& connection, uint64_t bytes);

  const uint64_t bytes_max_;
  std::atomic<uint64_t> taken_{0};
  platform::Mutex mutex_;
  // Of large answers: of each connection that has any, and of all.
  absl::flat_hash_map<std::string, uint64_t> by_connection_ ABSL_GUARDED_BY(mutex_);
  uint64_t in_answers_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_TRANSIT_BUDGET_H_
