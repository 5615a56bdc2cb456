#ifndef TWINQ_SIM_HISTORY_EVENT_H_
#define TWINQ_SIM_HISTORY_EVENT_H_

#include <compare>
#include <cstdint>
#include <limits>
#include <utility>

#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/model/message_id.h"
#include "core/model/sequence_number.h"

namespace twinq::history {

// The vocabulary of a history: what clients asked of one queue and what they were answered. Nothing
// here is known by anyone but the clients, so the history of a real server and that of a simulated
// one look the same. Records are of fixed size, at most 88 bytes.

using ClientNumber = uint32_t;  // A producer or consumer, as whoever runs them numbers them.

// A logical message: what one producer wanted to be sent, however often it tried. It travels in the
// body, so that a delivery tells which message it is.
struct MessageName {
  uint32_t producer = 0;
  uint32_t number = 0;  // Of this producer's messages, in the order of sending.

  friend constexpr auto operator<=>(const MessageName&, const MessageName&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const MessageName& name) {
    return H::combine(std::move(state), name.producer, name.number);
  }
};

// The name of a delivery whose body nobody wrote.
inline constexpr MessageName kNobodysMessage = {.producer = std::numeric_limits<uint32_t>::max(),
                                                .number = std::numeric_limits<uint32_t>::max()};

// A group or deduplication id: its number among the history's names.
enum class NameId : uint32_t {
  kNone = 0,
  // A deduplication id that all attempts to send a message carry, and those of no other message:
  // the usual case, which needs no text.
  kOwn = std::numeric_limits<uint32_t>::max(),
};

// One receipt handle, as issued by one delivery; unique in a history.
enum class HandleNumber : uint64_t { kNone = 0 };

// What the client knows of its call.
enum class Outcome : uint8_t {
  kDone,
  kRefused,  // An answer by which the call has had no effect.
  // The answer was lost, or an error that leaves it open: the call may have been carried out, or
  // may still be, at any time after it was asked.
  kUnknown,
};

struct Call {
  Timestamp asked_at = {};                        // When the client began to send it.
  Timestamp answered_at = Timestamp::Infinite();  // When it had the answer; Infinite: it has none.
  ClientNumber client = 0;
  uint32_t number = 0;  // Of this client; the entries of a batch share it. Given by the recorder.

  friend bool operator==(const Call&, const Call&) = default;
};

// One attempt to send one message. Entries of a batch are several, in the order of its list.
//
// That an answer is a duplicate's is nothing a client is told: it gets the id of the original.
struct Send {
  Call call = {};
  MessageName message = {};
  NameId group = NameId::kNone;
  NameId dedup = NameId::kNone;
  Outcome outcome = Outcome::kUnknown;
  MessageId id = {};             // If done.
  SequenceNumber sequence = {};  // If done, on a FIFO queue.

  friend bool operator==(const Send&, const Send&) = default;
};

// One message of the answer to a receive. Those of one answer are in its order.
struct Delivery {
  Call call = {};
  MessageName message = {};
  MessageId id = {};
  SequenceNumber sequence = {};  // 0 if the client did not ask for it.
  uint32_t receive_count = 0;    // 0 if the client did not ask for it.
  HandleNumber handle = HandleNumber::kNone;
  absl::Duration visibility = absl::ZeroDuration();

  friend bool operator==(const Delivery&, const Delivery&) = default;
};

// A receive that brought nothing: kDone is an empty answer. With kUnknown messages may have been
// put into an answer that never arrived.
struct EmptyReceive {
  Call call = {};
  Outcome outcome = Outcome::kDone;

  friend bool operator==(const EmptyReceive&, const EmptyReceive&) = default;
};

struct Delete {
  Call call = {};
  HandleNumber handle = HandleNumber::kNone;
  Outcome outcome = Outcome::kDone;

  friend bool operator==(const Delete&, const Delete&) = default;
};

struct VisibilityChange {
  enum class Purpose : uint8_t {
    kExtend,   // The consumer goes on with the message.
    kRelease,  // It gives the message back, now or after the given time.
  };

  Call call = {};
  HandleNumber handle = HandleNumber::kNone;
  absl::Duration visibility = absl::ZeroDuration();  // From the call on.
  Purpose purpose = Purpose::kExtend;
  Outcome outcome = Outcome::kDone;

  friend bool operator==(const VisibilityChange&, const VisibilityChange&) = default;
};

struct Purge {
  Call call = {};
  Outcome outcome = Outcome::kDone;

  friend bool operator==(const Purge&, const Purge&) = default;
};

// What befell server or client. A crash is dated not later than it happened, a start not earlier.
struct Incident {
  enum class Kind : uint8_t { kServerCrashed, kServerStarted, kClientCrashed, kClientStarted };

  Timestamp at = {};
  Kind kind = Kind::kServerCrashed;
  ClientNumber client = 0;

  friend bool operator==(const Incident&, const Incident&) = default;
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_EVENT_H_
