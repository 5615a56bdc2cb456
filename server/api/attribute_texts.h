#ifndef TWINQ_SERVER_API_ATTRIBUTE_TEXTS_H_
#define TWINQ_SERVER_API_ATTRIBUTE_TEXTS_H_

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"

#include "broker/command.h"
#include "broker/directory.h"
#include "core/model/api_error.h"
#include "core/model/queue_attributes.h"
#include "core/model/queue_kind.h"

namespace twinq::api {

// The attributes of a request, each under its name, in byte order: with several faults, the first
// name's is the one that is told.
using AttributeTexts = std::map<std::string, std::string>;

// "true" or "false" in any letter case.
std::optional<bool> ParseBoolean(absl::string_view text);

// The queue that attributes are for. Borrows what it names.
struct AttributesOwner {
  QueueKind kind = QueueKind::kStandard;
  absl::string_view name;
  const Directory& directory;  // The queues that there are.
};

// What the texts say, or the first of them that this queue cannot have (SQS semantics 2.1, 2.7,
// 3.1). A FIFO queue may be told that it is one (`FifoQueue`) and never that it is none. The two
// differ in how they refuse what only FIFO queues have. REQUIRES of a new queue: its kind is what
// `FifoQueue` says.
std::variant<GivenQueueAttributes, ApiError> AttributesOfNewQueue(const AttributesOwner& owner,
                                                                  const AttributeTexts& texts);
std::variant<GivenQueueAttributes, ApiError> AttributesForQueue(const AttributesOwner& owner,
                                                                const AttributeTexts& texts);

// Whether GetQueueAttributes knows the name; "All" is one.
bool IsAttributeName(absl::string_view name);
// All attributes of the queue that are set, as GetQueueAttributes answers them.
AttributeTexts TextsOf(QueueKind kind, absl::string_view queue_name,
                       const QueueDescription& description);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_ATTRIBUTE_TEXTS_H_
