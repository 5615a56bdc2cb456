#include "sim/history/grouping.h"

namespace twinq::history {

Grouping::Grouping(const std::vector<uint32_t>& key_of, size_t keys) : begins_(keys + 1, 0) {
  for (const uint32_t key : key_of) {
    if (key != kNoKey) ++begins_[key + 1];
  }
  for (size_t key = 0; key < keys; ++key) begins_[key + 1] += begins_[key];
  items_.resize(begins_[keys]);
  std::vector<uint32_t> next(begins_.begin(), begins_.end());
  for (size_t item = 0; item < key_of.size(); ++item) {
    if (key_of[item] != kNoKey) items_[next[key_of[item]]++] = static_cast<uint32_t>(item);
  }
}

}  // namespace twinq::history
