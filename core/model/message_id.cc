#include "core/model/message_id.h"

namespace twinq {

MessageId MessageId::FromRandomBits(uint64_t high, uint64_t low) {
  // RFC 4122, section 4.4: version 4 in bits 12 to 15 of the third group, variant 10 in the fourth.
  high = (high & ~uint64_t{0xF000}) | uint64_t{0x4000};
  low = (low & ~(uint64_t{0b11} << 62)) | (uint64_t{0b10} << 62);
  return {high, low};
}

std::string MessageId::ToText() const {
  static constexpr char kHexDigits[] = "0123456789abcdef";
  std::string text(36, '-');
  size_t place = 0;
  for (int digit = 0; digit < 32; ++digit) {
    if (digit == 8 || digit == 12 || digit == 16 || digit == 20) ++place;
    const uint64_t word = digit < 16 ? high_ : low_;
    text[place++] = kHexDigits[(word >> (60 - 4 * (digit % 16))) & 0xF];
  }
  return text;
}

}  // namespace twinq
