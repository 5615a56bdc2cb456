#ifndef TWINQ_SERVER_API_ATTRIBUTE_TEXTS_H_
#define TWINQ_SERVER_API_ATTRIBUTE_TEXTS_H_

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"

#include "core/model/api_error.h"
#include "core/model/queue_attributes.h"
#include "core/model/queue_kind.h"

namespace twinq::api {

// The attributes of a request, each under its name, in byte order: with several faults, the first
// name's is the one that is told.
using AttributeTexts = std::map<std::string, std::string>;

// "true" or "false" in any letter case.
std::optional<bool> ParseBoolean(absl::string_view text);

// What the texts say, or the first of them that a queue of this kind cannot have (SQS semantics
// 2.1, 2.7, 3.1). A FIFO queue may be told that it is one (`FifoQueue`) and never that it is none.
// The two differ in how they refuse what only FIFO queues have. REQUIRES of a new queue: its kind
// is what `FifoQueue` says.
std::variant<GivenQueueAttributes, ApiError> AttributesOfNewQueue(QueueKind kind,
                                                                  const AttributeTexts& texts);
std::variant<GivenQueueAttributes, ApiError> AttributesForQueue(QueueKind kind,
                                                                const AttributeTexts& texts);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_ATTRIBUTE_TEXTS_H_
