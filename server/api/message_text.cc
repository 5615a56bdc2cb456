#include "server/api/message_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <openssl/sha.h>

namespace twinq::api {
namespace {

bool IsForbiddenControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

uint64_t BigEndian(const uint8_t* bytes) {
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
  return value;
}

}  // namespace

bool HasOnlyPermittedCharacters(absl::string_view utf8) {
  if (std::any_of(utf8.begin(), utf8.end(), IsForbiddenControl)) return false;
  // Surrogates are no UTF-8, so only U+FFFE and U+FFFF are left: EF BF BE and EF BF BF.
  return utf8.find("\xEF\xBF\xBE") == absl::string_view::npos &&
         utf8.find("\xEF\xBF\xBF") == absl::string_view::npos;
}

DedupKey DedupKeyOf(absl::string_view dedup_id) {
  std::array<uint8_t, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const uint8_t*>(dedup_id.data()), dedup_id.size(), digest.data());
  return {.high = BigEndian(digest.data()), .low = BigEndian(digest.data() + 8)};
}

}  // namespace twinq::api
