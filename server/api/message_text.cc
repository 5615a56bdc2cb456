#include "server/api/message_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include <openssl/sha.h>

namespace twinq::api {
namespace {

bool IsForbiddenControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

using Sha256 = std::array<uint8_t, SHA256_DIGEST_LENGTH>;

Sha256 Sha256Of(absl::string_view bytes) {
  Sha256 digest;
  SHA256(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), digest.data());
  return digest;
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

std::string ContentDedupId(absl::string_view body) {
  const Sha256 digest = Sha256Of(body);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

DedupKey DedupKeyOf(DedupScope scope, absl::string_view group, absl::string_view dedup_id) {
  Sha256 digest;
  switch (scope) {
    case DedupScope::kQueue:
      digest = Sha256Of(dedup_id);
      break;
    case DedupScope::kMessageGroup:
      // The length says where the group ends: "ab" with "c" is not "a" with "bc".
      digest = Sha256Of(absl::StrCat(group.size(), ":", group, dedup_id));
      break;
  }
  return {.high = BigEndian(digest.data()), .low = BigEndian(digest.data() + 8)};
}

}  // namespace twinq::api
