#include "sim/history/holds.h"

#include <algorithm>
#include <cstdint>

#include "absl/time/time.h"
#include "absl/types/span.h"

namespace twinq::history {
namespace {

// Whether the change may have acted on this delivery: a FIFO queue knows only the newest handle, on
// a standard queue an older one changes the visibility too.
bool MayActOn(const VisibilityChange& change, const Delivery& delivery, const Evidence& evidence) {
  if (change.outcome == Outcome::kRefused) return false;
  if (change.call.answered_at < delivery.call.asked_at) return false;
  return change.handle == delivery.handle || evidence.promises.kind == QueueKind::kStandard;
}

// The end of the visibility, by the receive and the changes of the message.
Timestamp VisibilityEnd(const Evidence& evidence, const Delivery& delivery,
                        absl::Span<const uint32_t> changes) {
  const absl::Duration error = evidence.promises.clock_error;
  Timestamp end = delivery.call.asked_at + (delivery.visibility - error);
  Timestamp settled_at = delivery.call.answered_at;
  for (const uint32_t i : changes) {
    const VisibilityChange& change = evidence.history.changes[i];
    if (change.call.asked_at >= end) break;
    if (!MayActOn(change, delivery, evidence)) continue;
    const Timestamp changed_at = std::max(change.call.asked_at, delivery.call.asked_at);
    const Timestamp changed_end = changed_at + (change.visibility - error);
    // A longer visibility counts only if the change was certainly carried out, on this delivery,
    // while that was held, and after every other change.
    const bool counts = change.handle == delivery.handle && change.call.answered_at < end &&
                        change.call.asked_at >= settled_at;
    if (counts || changed_end < end) end = changed_end;
    settled_at = std::max(settled_at, change.call.answered_at);
  }
  return end;
}

// When the first delete that may be carried out after `time` was sent; not before `time`.
Timestamp MayBeDeletedFrom(const Evidence& evidence, absl::Span<const uint32_t> deletes,
                           Timestamp time) {
  for (const uint32_t i : deletes) {
    const Delete& deleted = evidence.history.deletes[i];
    if (deleted.outcome == Outcome::kRefused || deleted.call.answered_at < time) continue;
    return std::max(deleted.call.asked_at, time);
  }
  return Timestamp::Infinite();
}

}  // namespace

void FindHolds(const Evidence& evidence, StoredNumber number, std::vector<Timestamp>& held_until) {
  const Stored& stored = evidence.stored[number];
  const Timestamp retained_until = stored.stored_from + evidence.promises.retention;
  const absl::Span<const uint32_t> deletes = evidence.deletes(number);
  size_t settled_deletes = 0;
  for (const uint32_t i : evidence.deliveries(number)) {
    const Delivery& delivery = evidence.history.deliveries[i];
    const Timestamp asked_at = delivery.call.asked_at;
    // Deliveries come in the order of time, so what was settled before one is so for the next.
    while (settled_deletes < deletes.size() &&
           evidence.history.deletes[deletes[settled_deletes]].call.answered_at < asked_at) {
      ++settled_deletes;
    }
    const Timestamp end =
        std::min({VisibilityEnd(evidence, delivery, evidence.changes(number)), retained_until,
                  MayBeDeletedFrom(evidence, deletes.subspan(settled_deletes), asked_at),
                  evidence.purges.MayComeFrom(asked_at), evidence.ReceiveForgottenFrom(asked_at)});
    held_until[i] = std::max(end, asked_at);
  }
}

}  // namespace twinq::history
