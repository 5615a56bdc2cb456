#include "sim/history/name_table.h"

#include <cstdint>

namespace twinq::history {

NameId NameTable::Number(absl::string_view text) {
  const auto found = numbers_.find(text);
  if (found != numbers_.end()) return found->second;
  texts_.emplace_back(text);
  const auto number = static_cast<NameId>(static_cast<uint32_t>(texts_.size()));
  numbers_.emplace(texts_.back(), number);
  return number;
}

}  // namespace twinq::history
