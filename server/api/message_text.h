#ifndef TWINQ_SERVER_API_MESSAGE_TEXT_H_
#define TWINQ_SERVER_API_MESSAGE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

#include "core/model/dedup_key.h"
#include "core/model/dedup_scope.h"

namespace twinq::api {

// Whether well-formed UTF-8 holds only what a message may: U+0009, U+000A, U+000D, U+0020 to
// U+D7FF, U+E000 to U+FFFD, U+10000 to U+10FFFF (SQS semantics 3.6).
bool HasOnlyPermittedCharacters(absl::string_view utf8);

// What deduplicates a message without an id on a queue that deduplicates by content: the SHA-256 of
// its body in lower-case hexadecimal digits, in the namespace of the ids (SQS semantics 4.6).
std::string ContentDedupId(absl::string_view body);

// The key under which a deduplication id is remembered: the first half of a SHA-256, of the id
// alone in the scope of the queue, of group and id in that of the group.
DedupKey DedupKeyOf(DedupScope scope, absl::string_view group, absl::string_view dedup_id);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_MESSAGE_TEXT_H_
