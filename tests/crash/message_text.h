#ifndef TWINQ_TESTS_CRASH_MESSAGE_TEXT_H_
#define TWINQ_TESTS_CRASH_MESSAGE_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

#include "core/model/message_id.h"
#include "core/model/sequence_number.h"
#include "sim/history/event.h"

namespace twinq::crash {

// "PRODUCER-NUMBER": unique in a history, so it is also the deduplication id of the message.
std::string TextOf(const history::MessageName& name);

// A body that names its message, filled up to `bytes`, or longer if the name is.
std::string BodyOf(const history::MessageName& name, size_t bytes);
// history::kNobodysMessage for any body that BodyOf() does not make: damaged, or not ours.
history::MessageName NameInBody(absl::string_view body);

// None if the text is no UUID in lower case.
std::optional<MessageId> ParseMessageId(absl::string_view text);
// The number that the text shows, which rises as the sequence number does; 0 if it is not 20
// digits.
SequenceNumber ParseSequenceNumber(absl::string_view text);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_MESSAGE_TEXT_H_
