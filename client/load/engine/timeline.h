#ifndef TWINQ_CLIENT_LOAD_ENGINE_TIMELINE_H_
#define TWINQ_CLIENT_LOAD_ENGINE_TIMELINE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace twinq::load {

// How often something happened in each tenth of a second.
//
// Thread-safety: one thread at a time.
// Cost: 80 bytes for each second.
class Timeline {
 public:
  static constexpr absl::Duration kWidth = absl::Milliseconds(100);
  static constexpr size_t kIntervalsMax = 864'000;  // A day; what comes later counts as the last.

  // What came before the beginning counts as at it.
  void Add(absl::Duration since_begin, int64_t count);
  void Merge(const Timeline& other);

  const std::vector<int64_t>& counts() const { return counts_; }

 private:
  std::vector<int64_t> counts_;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_TIMELINE_H_
