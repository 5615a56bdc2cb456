#ifndef TWINQ_SERVER_API_TRANSIT_BUDGET_H_
#define TWINQ_SERVER_API_TRANSIT_BUDGET_H_

#include <atomic>
#include <cstdint>

namespace twinq::api {

// How many bytes of requests and answers on their way there may be at once, over all front ends:
// clients that send and do not wait, or ask and do not read, are refused beyond it instead of
// taking the machine's memory.
//
// Thread-safety: any thread. Cost: an atomic addition a call.
class TransitBudget {
 public:
  explicit TransitBudget(uint64_t bytes_max) : bytes_max_(bytes_max) {}

  // All of it or, if there is no room, nothing.
  bool Take(uint64_t bytes) {
    if (taken_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= bytes_max_) return true;
    GiveBack(bytes);
    return false;
  }
  // REQUIRES: so much was taken.
  void GiveBack(uint64_t bytes) { taken_.fetch_sub(bytes, std::memory_order_relaxed); }

  uint64_t taken() const { return taken_.load(std::memory_order_relaxed); }
  bool HasRoomFor(uint64_t bytes) const { return taken() + bytes <= bytes_max_; }

 private:
  const uint64_t bytes_max_;
  std::atomic<uint64_t> taken_{0};
};

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_TRANSIT_BUDGET_H_
