#include "journal/crc32c.h"

#include <array>
#include <cstddef>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

#include "journal/little_endian.h"

namespace twinq {
namespace {

constexpr uint32_t kPolynomialReflected = 0x82F6'3B78;

// tables[k][b]: what byte b does to the CRC when k more bytes follow it.
using Tables = std::array<std::array<uint32_t, 256>, 8>;

constexpr Tables MakeTables() {
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc % 2 == 0 ? 0 : kPolynomialReflected);
    tables[0][byte] = crc;
  }
  for (size_t k = 1; k < tables.size(); ++k) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t crc = tables[k - 1][byte];
      tables[k][byte] = (crc >> 8) ^ tables[0][crc & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

#if defined(__x86_64__)
// The instruction takes a word a cycle but needs three for its result: three lanes side by side.
constexpr size_t kLaneBytes = 1'024;

// shifts[k][b]: what byte k of a CRC, if it is b, becomes behind kLaneBytes of zeros.
using Shifts = std::array<std::array<uint32_t, 256>, 4>;

constexpr Shifts MakeShifts() {
  Shifts shifts{};
  for (size_t k = 0; k < shifts.size(); ++k) {
    for (size_t bit = 0; bit < 8; ++bit) {
      uint32_t crc = uint32_t{1} << (8 * k + bit);
      for (size_t i = 0; i < kLaneBytes; ++i) crc = (crc >> 8) ^ kTables[0][crc & 0xFF];
      // The CRC of a sum is the sum of the CRCs.
      for (size_t byte = 0; byte < 256; ++byte) {
        if ((byte >> bit) % 2 == 1) shifts[k][byte] ^= crc;
      }
    }
  }
  return shifts;
}

constexpr Shifts kShifts = MakeShifts();

uint32_t BehindALane(uint64_t crc) {
  return kShifts[0][crc & 0xFF] ^ kShifts[1][(crc >> 8) & 0xFF] ^ kShifts[2][(crc >> 16) & 0xFF] ^
         kShifts[3][(crc >> 24) & 0xFF];
}

__attribute__((target("sse4.2"))) uint32_t Crc32cByInstruction(absl::string_view bytes,
                                                               uint32_t crc_before) {
  uint64_t crc = ~crc_before;
  const char* at = bytes.data();
  size_t left = bytes.size();
  for (; left >= 3 * kLaneBytes; left -= 3 * kLaneBytes) {
    uint64_t second = 0;
    uint64_t third = 0;
    for (size_t i = 0; i < kLaneBytes; i += 8, at += 8) {
      crc = _mm_crc32_u64(crc, LoadLittleEndian<uint64_t>(at));
      second = _mm_crc32_u64(second, LoadLittleEndian<uint64_t>(at + kLaneBytes));
      third = _mm_crc32_u64(third, LoadLittleEndian<uint64_t>(at + 2 * kLaneBytes));
    }
    crc = BehindALane(BehindALane(crc) ^ second) ^ third;
    at += 2 * kLaneBytes;
  }
  for (; left >= 8; at += 8, left -= 8) {
    crc = _mm_crc32_u64(crc, LoadLittleEndian<uint64_t>(at));
  }
  auto crc_32 = static_cast<uint32_t>(crc);
  for (; left > 0; ++at, --left) crc_32 = _mm_crc32_u8(crc_32, static_cast<unsigned char>(*at));
  return ~crc_32;
}
#endif

}  // namespace

uint32_t Crc32c(absl::string_view bytes, uint32_t crc_before) {
#if defined(__x86_64__)
  static const bool has_instruction = static_cast<int>(__builtin_cpu_supports("sse4.2")) != 0;
  if (has_instruction) return Crc32cByInstruction(bytes, crc_before);
#endif
  return internal::Crc32cByTable(bytes, crc_before);
}

uint32_t internal::Crc32cByTable(absl::string_view bytes, uint32_t crc_before) {
  uint32_t crc = ~crc_before;
  const char* at = bytes.data();
  size_t left = bytes.size();
  for (; left >= 8; at += 8, left -= 8) {
    const uint64_t eight = LoadLittleEndian<uint64_t>(at) ^ crc;
    crc = 0;
    for (size_t k = 0; k < 8; ++k) crc ^= kTables[7 - k][(eight >> (8 * k)) & 0xFF];
  }
  for (; left > 0; ++at, --left) {
    crc = (crc >> 8) ^ kTables[0][(crc ^ static_cast<unsigned char>(*at)) & 0xFF];
  }
  return ~crc;
}

}  // namespace twinq
