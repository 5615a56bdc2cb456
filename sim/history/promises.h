#ifndef TWINQ_SIM_HISTORY_PROMISES_H_
#define TWINQ_SIM_HISTORY_PROMISES_H_

#include <cstdint>

#include "absl/time/time.h"

#include "core/model/dedup_scope.h"
#include "core/model/limits.h"
#include "core/model/queue_kind.h"

namespace twinq::history {

// What the judged queue is held to.
//
// Both kinds: what is acknowledged is there until it is deleted, purged or its retention is over;
// nothing is delivered that was not sent, or after its acknowledged delete; nothing is delivered
// while somebody holds it; receive counts rise by one for each delivery. FIFO: also F1 of SQS
// semantics 4.5 at every delivery, one stored message for each deduplication id and window,
// sequence numbers in the order of sending.
//
// The judged queue moves nothing to a dead-letter queue, and nobody repeats a receive by its
// attempt id: what these do would look like loss and like repeated counts. Delays are not judged.
struct Promises {
  // How a standard queue keeps its messages. With several copies a receive may meet one that has
  // not heard of a lock or a delete: such deliveries are then counted by cause, and are no
  // violation.
  enum class Copies : uint8_t { kOne, kSeveral };
  // What a crash of the server may take back. SQS promises nothing of a standard queue's receives,
  // so ours do not wait for the disk: after a crash a message may be there too early, and its count
  // may go back. A FIFO queue's receives are always durable.
  enum class StandardReceives : uint8_t { kDurable, kForgottenByCrash };

  QueueKind kind = QueueKind::kStandard;
  DedupScope dedup_scope = DedupScope::kQueue;
  Copies copies = Copies::kOne;
  StandardReceives standard_receives = StandardReceives::kForgottenByCrash;
  absl::Duration retention = kRetentionDefault;  // The shortest that the queue has had.
  // By how much a span of time can be shorter to the server than to the clients: a server that
  // reads the clock once for several commands ends a visibility that much too early.
  absl::Duration clock_error = absl::ZeroDuration();
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_PROMISES_H_
