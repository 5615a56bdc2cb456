#include "core/model/message_id.h"

#include <array>
#include <cstddef>

namespace twinq {

MessageId MessageId::FromRandomBits(uint64_t high, uint64_t low) {
  // RFC 4122, section 4.4: version 4 in bits 12 to 15 of the third group, variant 10 in the fourth.
  high = (high & ~uint64_t{0xF000}) | uint64_t{0x4000};
  low = (low & ~(uint64_t{0b11} << 62)) | (uint64_t{0b10} << 62);
  return {high, low};
}

std::string MessageId::ToText() const {
  static constexpr char kHexDigits[] = "0123456789abcdef";
  // Where the two digits of each byte stand.
  static constexpr std::array<uint8_t, 16> kPlaces = {0,  2,  4,  6,  9,  11, 14, 16,
                                                      19, 21, 24, 26, 28, 30, 32, 34};
  std::string text(36, '-');
  for (size_t byte = 0; byte < kPlaces.size(); ++byte) {
    const uint64_t word = byte < 8 ? high_ : low_;
    const uint64_t value = word >> (56 - 8 * (byte % 8)) & 0xFF;
    text[kPlaces[byte]] = kHexDigits[value >> 4];
    text[kPlaces[byte] + size_t{1}] = kHexDigits[value & 0xF];
  }
  return text;
}

}  // namespace twinq
