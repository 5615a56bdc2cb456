#include "core/model/sequence_number.h"

#include <algorithm>

#include "absl/numeric/int128.h"

namespace twinq {

std::string SequenceNumber::ToText() const {
  // 10^19 is the smallest number of 20 digits; 10^19 + 2^64 still has 20.
  absl::uint128 rest = absl::uint128(10'000'000'000'000'000'000u) + value_;
  std::string text(20, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit) {
    *digit = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  }
  return text;
}

}  // namespace twinq
