#ifndef TWINQ_CORE_MODEL_MESSAGE_ID_H_
#define TWINQ_CORE_MODEL_MESSAGE_ID_H_

#include <compare>
#include <cstdint>
#include <string>

namespace twinq {

// The id of a message: 128 random bits, shown as a lower-case UUID of version 4. Stable across
// receives and visibility changes.
class MessageId {
 public:
  constexpr MessageId() = default;
  // Takes 128 bits as drawn; 6 of them are overwritten by the UUID's version and variant.
  static MessageId FromRandomBits(uint64_t high, uint64_t low);
  // Takes the bits of an existing id, as high() and low() gave them.
  static constexpr MessageId FromBits(uint64_t high, uint64_t low) { return {high, low}; }

  constexpr uint64_t high() const { return high_; }
  constexpr uint64_t low() const { return low_; }
  std::string ToText() const;  // 36 characters.

  friend constexpr auto operator<=>(const MessageId&, const MessageId&) = default;

 private:
  constexpr MessageId(uint64_t high, uint64_t low) : high_(high), low_(low) {}

  uint64_t high_ = 0;
  uint64_t low_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_MESSAGE_ID_H_
