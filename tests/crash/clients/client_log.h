#ifndef TWINQ_TESTS_CRASH_CLIENTS_CLIENT_LOG_H_
#define TWINQ_TESTS_CRASH_CLIENTS_CLIENT_LOG_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/model/message_id.h"
#include "core/model/sequence_number.h"
#include "sim/history/event.h"

namespace twinq::crash {

// A receipt handle in a log: what DigestOf() makes of its text. Two deliveries have two.
using HandleDigest = uint64_t;
HandleDigest DigestOf(absl::string_view receipt_handle);

struct LoggedDelivery {
  history::MessageName message = {};
  MessageId id = {};
  SequenceNumber sequence = {};
  uint32_t receive_count = 0;
  HandleDigest handle = 0;
};

// A call as the client's connection saw it. Retries are calls of their own.
struct LoggedCall {
  enum class Kind : uint8_t { kReceive, kDelete, kChange };

  Kind kind = Kind::kReceive;
  Timestamp asked_at = {};
  // When the answer was there, or the failure; Infinite: neither, until the end of the process.
  Timestamp ended_at = Timestamp::Infinite();
  history::Outcome outcome = history::Outcome::kUnknown;  // Done: there was an answer.
  absl::Duration visibility = absl::ZeroDuration();       // Asked for; not of a delete.
  std::vector<HandleDigest> handles = {};                 // Not of a receive.
  std::vector<history::Outcome> entries = {};             // One for each handle.
  std::vector<LoggedDelivery> deliveries = {};            // Of a receive that is done.
};

// A handler's beginning, and its end if it came to it.
struct LoggedHandling {
  enum class Ending : uint8_t { kNone, kOk, kFailed };

  HandleDigest handle = 0;  // Of the delivery that it handled.
  history::MessageName message = {};
  MessageId id = {};
  Timestamp begin = {};
  Timestamp end = Timestamp::Infinite();
  Ending ending = Ending::kNone;
};

// What one consumer process has written down, each in the order of its beginnings.
//
// The text has a line for each event, with its instant in nanoseconds:
//
//   ask CALL INSTANT receive SECONDS
//   ask CALL INSTANT delete HANDLE…
//   ask CALL INSTANT change SECONDS HANDLE…
//   answer CALL INSTANT [MESSAGE/ID/SEQUENCE/COUNT/HANDLE…]   to a receive
//   answer CALL INSTANT done|refused…                         to the others: for each handle
//   failure CALL INSTANT
//   begin HANDLE INSTANT MESSAGE ID
//   end HANDLE INSTANT ok|failed
struct ClientLog {
  std::vector<LoggedCall> calls;
  std::vector<LoggedHandling> handlings;
};

// A last line without its end, which a kill may leave, is as if it were not there. InvalidArgument:
// what else is no line of a log.
absl::StatusOr<ClientLog> ParseClientLog(absl::string_view text);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_CLIENT_LOG_H_
