#ifndef TWINQ_SERVER_API_POLICY_DOCUMENTS_H_
#define TWINQ_SERVER_API_POLICY_DOCUMENTS_H_

#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"

#include "broker/directory.h"
#include "core/model/api_error.h"
#include "core/model/kept_attributes.h"
#include "core/model/queue_name.h"

namespace twinq::api {

// The JSON documents among a queue's attributes (SQS semantics 3.1, 3.2, 4.9). The empty text
// stands for no document.

// Nothing unless the text is a JSON object of at most 8,192 bytes.
std::optional<JsonText> ParsePolicy(const std::string& text);
// For a queue of this name, which may be about to be created.
std::variant<RedrivePolicy, ApiError> ParseRedrivePolicy(const std::string& text,
                                                         absl::string_view queue_name,
                                                         QueueKind kind,
                                                         const Directory& directory);
std::variant<JsonText, ApiError> ParseRedriveAllowPolicy(const std::string& text);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_POLICY_DOCUMENTS_H_
