#include "broker/replay_check.h"

#include <algorithm>
#include <cstddef>
#include <variant>

#include "absl/strings/str_cat.h"

#include "core/base/status_macros.h"

namespace twinq {
namespace {

template <typename... Parts>
absl::Status Impossible(QueueId queue, const Parts&... parts) {
  return absl::InvalidArgumentError(absl::StrCat("record of queue ", queue.value(),
                                                 " contradicts the records before: ", parts...));
}

absl::Status OutOfOrder(QueueId queue, SequenceNumber sequence) {
  return Impossible(queue, "send ", sequence.value(), " is out of the order of time");
}

}  // namespace

absl::Status ReplayCheck::Check(const Record& record) {
  return std::visit([&](const auto& alternative) { return CheckOne(alternative); }, record);
}

absl::Status ReplayCheck::CheckOne(const QueuePut& put) {
  TWINQ_RETURN_IF_ERROR(CheckQueue(put.queue, put.name.kind()));
  const QueueState* named = catalogue_.FindByName(put.name.text());
  if (named != nullptr && named->id != put.queue) {
    return Impossible(put.queue, "its name ", put.name.text(), " is that of queue ",
                      named->id.value());
  }
  const QueueState* existing = catalogue_.Find(put.queue);
  if (existing != nullptr && !existing->name.empty() && existing->name != put.name.text()) {
    return Impossible(put.queue, "its name changes from ", existing->name, " to ", put.name.text());
  }
  return absl::OkStatus();
}

absl::Status ReplayCheck::CheckOne(const QueueRemoved& removed) {
  removed_.insert(removed.queue);
  return absl::OkStatus();
}

absl::Status ReplayCheck::CheckOne(const Purged& purged) {
  if (purged.through < last_) {
    return Impossible(purged.queue, "purged through ", purged.through.value(), ", though ",
                      last_.value(), " was sent");
  }
  purged_through_[purged.queue] = purged.through;
  return absl::OkStatus();
}

absl::Status ReplayCheck::CheckOne(const MessagePut& put) {
  TWINQ_RETURN_IF_ERROR(CheckReach(put.queue, put.kind, put.sequence));
  if (put.kind == QueueKind::kFifo && put.group.empty()) {
    return Impossible(put.queue, "a message of a FIFO queue without a group");
  }
  const bool is_copy = slots_.Holds(put.slot, put.sequence);
  const bool has_room = is_copy ? IsOwner(put.queue, put.slot) : !slots_.IsUsed(put.slot);
  if (put.slot == kNoIndex || !has_room) {
    return Impossible(put.queue, "message ", put.sequence.value(), " in slot ", put.slot,
                      ", which holds another");
  }
  if (is_copy) return absl::OkStatus();
  if (put.kind == QueueKind::kFifo && put.dedup.has_value()) {
    // Copies do not say what deduplicates them.
    if (put.sequence <= last_deduplicated_) return OutOfOrder(put.queue, put.sequence);
    TWINQ_RETURN_IF_ERROR(CheckDedup(put.queue, put.sequence, put.sent_at));
    last_deduplicated_ = put.sequence;
  }
  if (owners_.size() <= put.slot) owners_.resize(size_t{put.slot} + 1);
  owners_[put.slot] = put.queue;
  return absl::OkStatus();
}

absl::Status ReplayCheck::CheckOne(const DedupPut& put) {
  TWINQ_RETURN_IF_ERROR(CheckReach(put.queue, QueueKind::kFifo, put.sequence));
  const QueueState* state = catalogue_.Find(put.queue);
  if (state != nullptr && state->queue->Holds(put)) return absl::OkStatus();
  return CheckDedup(put.queue, put.sequence, put.first_sent_at);
}

template <typename QueueRecord>
absl::Status ReplayCheck::CheckOne(const QueueRecord& record) {
  if (!slots_.Holds(record.slot, record.sequence)) return absl::OkStatus();
  const QueueState* state = catalogue_.Find(record.queue);
  const bool is_its_own = state != nullptr && IsOwner(record.queue, record.slot) &&
                          state->queue->Holds(record.slot, record.sequence);
  if (is_its_own) return absl::OkStatus();
  return Impossible(record.queue, "it has no message ", record.sequence.value(), " in slot ",
                    record.slot);
}

absl::Status ReplayCheck::CheckQueue(QueueId id, QueueKind kind) {
  if (removed_.contains(id)) return Impossible(id, "the queue was removed");
  const QueueState* state = catalogue_.Find(id);
  if (state != nullptr && state->kind != kind) return Impossible(id, "the queue's kind changes");
  return absl::OkStatus();
}

absl::Status ReplayCheck::CheckReach(QueueId id, QueueKind kind, SequenceNumber sequence) {
  TWINQ_RETURN_IF_ERROR(CheckQueue(id, kind));
  if (sequence == SequenceNumber()) return Impossible(id, "a send without a number");
  const auto purged = purged_through_.find(id);
  if (purged != purged_through_.end() && sequence <= purged->second) {
    return Impossible(id, "send ", sequence.value(), ", purged before");
  }
  last_ = std::max(last_, sequence);
  return absl::OkStatus();
}

absl::Status ReplayCheck::CheckDedup(QueueId id, SequenceNumber sequence, Timestamp first_sent_at) {
  const QueueState* state = catalogue_.Find(id);
  const bool is_in_order = state == nullptr || state->queue->IsInOrder(sequence, first_sent_at);
  return is_in_order ? absl::OkStatus() : OutOfOrder(id, sequence);
}

}  // namespace twinq
