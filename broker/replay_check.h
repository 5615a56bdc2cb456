#ifndef TWINQ_BROKER_REPLAY_CHECK_H_
#define TWINQ_BROKER_REPLAY_CHECK_H_

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"

#include "broker/catalogue.h"
#include "broker/record.h"
#include "core/base/timestamp.h"
#include "core/model/queue_id.h"
#include "core/model/queue_kind.h"
#include "core/model/sequence_number.h"
#include "core/queue/message_slots.h"

namespace twinq {

// Looks at the records of a replay, each before it is applied: those that no broker can have
// written after the ones before are refused, where applying them would break the engine's state.
// Checksums tell of bytes that changed; this tells of a log that another program, or a fault in
// this one, wrote.
//
// Lifetime: borrows the broker's parts; for one replay. Cost: O(1) a record, eight bytes a slot.
class ReplayCheck {
 public:
  ReplayCheck(Catalogue& catalogue, const MessageSlots& slots)
      : catalogue_(catalogue), slots_(slots) {}

  // InvalidArgument: what is impossible about it.
  absl::Status Check(const Record& record);

 private:
  static absl::Status CheckOne(const ShardPut&) { return absl::OkStatus(); }
  absl::Status CheckOne(const QueuePut& put);
  absl::Status CheckOne(const QueueRemoved& removed);
  static absl::Status CheckOne(const DeletedNamePut&) { return absl::OkStatus(); }
  absl::Status CheckOne(const Purged& purged);
  static absl::Status CheckOne(const SlotsFreed&) { return absl::OkStatus(); }
  absl::Status CheckOne(const MessagePut& put);
  absl::Status CheckOne(const DedupPut& put);
  // Of a message that is there, or was.
  template <typename QueueRecord>
  absl::Status CheckOne(const QueueRecord& record);

  // Whether a queue of this kind is there, or may come.
  absl::Status CheckQueue(QueueId id, QueueKind kind);
  // And whether something of this number may come into its reach.
  absl::Status CheckReach(QueueId id, QueueKind kind, SequenceNumber sequence);
  absl::Status CheckDedup(QueueId id, SequenceNumber sequence, Timestamp first_sent_at);
  bool IsOwner(QueueId id, uint32_t slot) const {
    return slot < owners_.size() && owners_[slot] == id;
  }

  Catalogue& catalogue_;
  const MessageSlots& slots_;
  std::vector<QueueId> owners_;  // Of the message in each slot that is in use.
  absl::flat_hash_set<QueueId> removed_;
  absl::flat_hash_map<QueueId, SequenceNumber> purged_through_;
  SequenceNumber last_;               // The greatest that something was put with.
  SequenceNumber last_deduplicated_;  // Of the messages that came with what deduplicates them.
};

}  // namespace twinq

#endif  // TWINQ_BROKER_REPLAY_CHECK_H_
