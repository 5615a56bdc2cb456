#ifndef TWINQ_SERVER_API_MESSAGE_TEXT_H_
#define TWINQ_SERVER_API_MESSAGE_TEXT_H_

#include "absl/strings/string_view.h"

#include "core/model/dedup_key.h"

namespace twinq::api {

// Whether well-formed UTF-8 holds only what a message may: U+0009, U+000A, U+000D, U+0020 to
// U+D7FF, U+E000 to U+FFFD, U+10000 to U+10FFFF (SQS semantics 3.6).
bool HasOnlyPermittedCharacters(absl::string_view utf8);

// The key under which a deduplication id is remembered: the first half of its SHA-256.
DedupKey DedupKeyOf(absl::string_view dedup_id);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_MESSAGE_TEXT_H_
