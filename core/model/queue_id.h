#ifndef TWINQ_CORE_MODEL_QUEUE_ID_H_
#define TWINQ_CORE_MODEL_QUEUE_ID_H_

#include <compare>
#include <cstdint>
#include <utility>

namespace twinq {

// What a queue is called inside: the number of its shard in the upper 16 bits, a number never given
// twice in that shard in the lower 48. A queue deleted and created again gets another one.
class QueueId {
 public:
  constexpr QueueId() = default;
  explicit constexpr QueueId(uint64_t value) : value_(value) {}
  constexpr uint64_t value() const { return value_; }

  friend constexpr auto operator<=>(QueueId, QueueId) = default;
  template <typename H>
  friend H AbslHashValue(H state, QueueId id) {
    return H::combine(std::move(state), id.value_);
  }

 private:
  uint64_t value_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_QUEUE_ID_H_
