#ifndef TWINQ_CORE_QUEUE_BODY_REF_H_
#define TWINQ_CORE_QUEUE_BODY_REF_H_

#include <compare>
#include <cstdint>

namespace twinq {

// Names the body of a message without saying where it is: the engine carries it, the shard's
// BodyStore knows what it means. The simulator's messages have no body and the null reference.
class BodyRef {
 public:
  constexpr BodyRef() = default;  // Null.
  explicit constexpr BodyRef(uint64_t value) : value_(value) {}
  constexpr uint64_t value() const { return value_; }
  constexpr bool is_null() const { return value_ == 0; }

  friend constexpr auto operator<=>(BodyRef, BodyRef) = default;

 private:
  uint64_t value_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_BODY_REF_H_
