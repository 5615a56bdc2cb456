#ifndef TWINQ_SIM_HISTORY_RECORDER_H_
#define TWINQ_SIM_HISTORY_RECORDER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include "core/base/timestamp.h"
#include "core/model/message_id.h"
#include "core/model/sequence_number.h"
#include "sim/history/event.h"
#include "sim/history/event_log.h"
#include "sim/history/history.h"
#include "sim/history/name_table.h"

namespace twinq::history {

// When a client asked and when it had the answer; `answered_at` counts for nothing if the outcome
// is unknown.
struct CallTimes {
  Timestamp asked_at = {};
  Timestamp answered_at = Timestamp::Infinite();
};

// One entry of a send call.
struct SentMessage {
  MessageName message = {};
  NameId group = NameId::kNone;
  NameId dedup = NameId::kNone;
  Outcome outcome = Outcome::kUnknown;
  MessageId id = {};             // If done.
  SequenceNumber sequence = {};  // If done, on a FIFO queue.
};

// One message of an answer to a receive.
struct ReceivedMessage {
  MessageName message = {};  // As its body says; kNobodysMessage if that says nothing.
  MessageId id = {};
  SequenceNumber sequence = {};  // 0 if not asked for.
  uint32_t receive_count = 0;    // 0 if not asked for.
};

// Writes down the calls of some clients, each when its outcome is known: after the answer, or when
// its client has given up or crashed. Every call that was begun must be recorded in the end, for a
// send that was forgotten makes its delivery unexpected.
//
// Recorders of one history run side by side, one for each thread, and are merged when all threads
// have ended; a simulator needs but one. All take their times from one clock. A client has its
// calls recorded by one recorder.
//
// Thread-safety: one thread at a time.
// Cost: a call is one copy of at most 88 bytes for each message; nothing is ever moved.
class Recorder {
 public:
  // `number` tells the recorders of one history apart.
  explicit Recorder(uint32_t number);

  // The number of a group or deduplication id. REQUIRES: it has the syntax that SQS asks of both.
  NameId Name(absl::string_view text);

  void Sent(ClientNumber client, const CallTimes& times, absl::Span<const SentMessage> entries);
  // An answer with messages. Returns the handle of the first; NthHandle() gives those of the
  // others. `visibility` is the one asked for, or the queue's. REQUIRES: there are messages.
  HandleNumber Received(ClientNumber client, const CallTimes& times, absl::Duration visibility,
                        absl::Span<const ReceivedMessage> messages);
  // A receive with an empty answer, an error, or none.
  void ReceivedNothing(ClientNumber client, const CallTimes& times, Outcome outcome);
  void Deleted(ClientNumber client, const CallTimes& times, HandleNumber handle, Outcome outcome);
  // A change of visibility; its call is filled in here.
  void Changed(ClientNumber client, const CallTimes& times, const VisibilityChange& change);
  void Purged(ClientNumber client, const CallTimes& times, Outcome outcome);
  void Happened(const Incident& incident);

 private:
  friend History Merge(std::vector<Recorder> recorders, const End& end);

  Call NewCall(ClientNumber client, const CallTimes& times);

  NameTable names_;
  uint64_t next_handle_;
  uint32_t calls_ = 0;
  EventLog<Send> sends_;
  EventLog<Delivery> deliveries_;
  EventLog<EmptyReceive> empty_receives_;
  EventLog<Delete> deletes_;
  EventLog<VisibilityChange> changes_;
  EventLog<Purge> purges_;
  EventLog<Incident> incidents_;
};

// The handle of the n-th message, from 0, of the answer whose first has the handle `first`.
HandleNumber NthHandle(HandleNumber first, size_t n);

// What the recorders wrote down, in the order of time.
History Merge(std::vector<Recorder> recorders, const End& end);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_RECORDER_H_
