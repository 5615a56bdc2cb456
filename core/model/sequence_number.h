#ifndef TWINQ_CORE_MODEL_SEQUENCE_NUMBER_H_
#define TWINQ_CORE_MODEL_SEQUENCE_NUMBER_H_

#include <compare>
#include <cstdint>
#include <string>

namespace twinq {

// The place of a message in the order of its shard, rising with each send and never given twice:
// the number of the server's start (24 bits), then a counter (40 bits). So what a crash took back
// is not handed out again after it.
class SequenceNumber {
 public:
  static constexpr int kCounterBits = 40;

  constexpr SequenceNumber() = default;
  explicit constexpr SequenceNumber(uint64_t value) : value_(value) {}
  // The number below the first of a start: the first message gets Next() of it.
  static constexpr SequenceNumber BeforeFirstOfStart(uint64_t start_number) {
    return SequenceNumber(start_number << kCounterBits);
  }

  constexpr uint64_t value() const { return value_; }
  constexpr SequenceNumber Next() const { return SequenceNumber(value_ + 1); }
  // As clients see it: always 20 digits, so that comparing as text and as numbers agree.
  std::string ToText() const;

  friend constexpr auto operator<=>(SequenceNumber, SequenceNumber) = default;

 private:
  uint64_t value_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_SEQUENCE_NUMBER_H_
