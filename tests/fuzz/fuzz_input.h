#ifndef TWINQ_TESTS_FUZZ_FUZZ_INPUT_H_
#define TWINQ_TESTS_FUZZ_FUZZ_INPUT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace twinq {

// The bytes of a fuzz test's input, taken as values one after the other; zero when they are used
// up.
class FuzzInput {
 public:
  FuzzInput(const uint8_t* data, size_t size) : next_(data), end_(data + size) {}

  bool is_used_up() const { return next_ == end_; }

  // 0 to `greatest`.
  uint64_t UpTo(uint64_t greatest) {
    uint64_t value = 0;
    for (uint64_t rest = greatest; rest > 0; rest >>= 8) {
      value = value << 8 | (next_ == end_ ? 0 : *next_++);
    }
    return greatest == ~uint64_t{0} ? value : value % (greatest + 1);
  }
  // At most so many bytes.
  std::string Text(size_t size) {
    const uint8_t* begin = next_;
    next_ += std::min(size, static_cast<size_t>(end_ - next_));
    return {begin, next_};
  }

 private:
  const uint8_t* next_;
  const uint8_t* end_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_FUZZ_FUZZ_INPUT_H_
