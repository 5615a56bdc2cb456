#ifndef TWINQ_CLIENT_LOAD_ENGINE_MESSAGE_IDS_H_
#define TWINQ_CLIENT_LOAD_ENGINE_MESSAGE_IDS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "core/model/message_id.h"
#include "core/model/sequence_number.h"

namespace twinq::load {

// What a server calls its messages, for the judge.

// Errors: Internal if the text is no UUID: then the server is none that can be judged.
absl::StatusOr<MessageId> ParseMessageId(absl::string_view text);

// 0 for a text that is no number: standard queues have none.
SequenceNumber ParseSequenceNumber(absl::string_view text);

// How often a message was received; 0 for a text that is no number.
uint32_t ParseReceiveCount(absl::string_view text);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_MESSAGE_IDS_H_
