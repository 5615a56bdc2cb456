#ifndef TWINQ_CLIENT_LIB_MESSAGES_H_
#define TWINQ_CLIENT_LIB_MESSAGES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/time/time.h"

namespace twinq::client {

// What a message carries beside its body, under a name of the sender's.
struct MessageAttribute {
  std::string data_type = "String";  // String, Number or Binary, perhaps with ".label" behind it.
  std::string value;                 // Of Binary: the bytes.

  friend bool operator==(const MessageAttribute&, const MessageAttribute&) = default;
};
using MessageAttributes = std::map<std::string, MessageAttribute>;

// What is absent is as the queue's settings say. Spans are whole seconds.
struct SendOptions {
  std::optional<std::string> group_id = std::nullopt;  // A FIFO queue needs it.
  std::optional<std::string> dedup_id = std::nullopt;  // FIFO queues only.
  std::optional<absl::Duration> delay = std::nullopt;  // Standard queues only; 0 to 15 minutes.
  MessageAttributes attributes = {};                   // At most ten.
};

struct SentMessage {
  std::string message_id;       // For a duplicate, the first message's.
  std::string sequence_number;  // 20 digits on a FIFO queue, else empty.
};

// What comes with a message.
enum class Details : uint8_t {
  kBody,     // Nothing else: the cheapest.
  kGroup,    // Its message group.
  kNumbers,  // How often it was received and, of a FIFO queue, its sequence number.
  kAll,      // Its system attributes, and the sender's.
};

// What is absent is as the queue's settings say. Spans are whole seconds.
struct ReceiveOptions {
  int messages_max = 1;  // 1 to 10.
  std::optional<absl::Duration> visibility_timeout = std::nullopt;
  // For the first message; zero answers at once.
  std::optional<absl::Duration> wait = std::nullopt;
  Details details = Details::kBody;
};

struct ReceivedMessage {
  std::string message_id;
  std::string receipt_handle;  // Names this receive to DeleteMessage and ChangeMessageVisibility.
  std::string body;
  // As Details asks. Those of the service by SQS's names: {"ApproximateReceiveCount", "1"}.
  std::map<std::string, std::string> system_attributes = {};
  MessageAttributes attributes = {};
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_MESSAGES_H_
