#ifndef TWINQ_TESTS_SOAK_TALLY_H_
#define TWINQ_TESTS_SOAK_TALLY_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace twinq::soak {

// How a call or a connection came to its end.
enum class Fate : uint8_t {
  kDone,     // Answered with a success.
  kRefused,  // Answered with an error.
  kClosed,   // The server closed the connection.
  kLeft,     // The client went away first.
};
inline constexpr size_t kFates = 4;

// Counts fates.
//
// Thread-safety: any thread.
class Tally {
 public:
  void Add(Fate fate) { ++counts_.at(static_cast<size_t>(fate)); }
  int64_t count(Fate fate) const { return counts_.at(static_cast<size_t>(fate)); }

 private:
  std::array<std::atomic<int64_t>, kFates> counts_ = {};
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_TALLY_H_
