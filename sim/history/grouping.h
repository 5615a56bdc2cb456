#ifndef TWINQ_SIM_HISTORY_GROUPING_H_
#define TWINQ_SIM_HISTORY_GROUPING_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"

namespace twinq::history {

// Items numbered from 0, by the key of each; those of one key are in the order of their numbers.
//
// Memory: 4 bytes for each item and key.
class Grouping {
 public:
  static constexpr uint32_t kNoKey = std::numeric_limits<uint32_t>::max();

  Grouping() = default;
  // REQUIRES: every key of an item is below `keys`, or kNoKey: then the item is left out.
  Grouping(const std::vector<uint32_t>& key_of, size_t keys);

  absl::Span<const uint32_t> of(uint32_t key) const {
    return absl::MakeConstSpan(items_).subspan(begins_[key], begins_[key + 1] - begins_[key]);
  }

 private:
  std::vector<uint32_t> begins_;
  std::vector<uint32_t> items_;
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_GROUPING_H_
