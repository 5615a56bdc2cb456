#ifndef TWINQ_JOURNAL_LITTLE_ENDIAN_H_
#define TWINQ_JOURNAL_LITTLE_ENDIAN_H_

#include <bit>
#include <cstring>
#include <type_traits>

namespace twinq {

// Unsigned numbers as they lie on the disk. Every machine that we build for has that order itself.
static_assert(std::endian::native == std::endian::little);

template <typename Number>
Number LoadLittleEndian(const char* bytes) {
  static_assert(std::is_unsigned_v<Number>);
  Number value = 0;
  std::memcpy(&value, bytes, sizeof(value));
  return value;
}

template <typename Number>
void StoreLittleEndian(Number value, char* bytes) {
  static_assert(std::is_unsigned_v<Number>);
  std::memcpy(bytes, &value, sizeof(value));
}

}  // namespace twinq

#endif  // TWINQ_JOURNAL_LITTLE_ENDIAN_H_
