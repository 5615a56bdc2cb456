#ifndef TWINQ_CORE_QUEUE_VISIBILITY_BUDGET_H_
#define TWINQ_CORE_QUEUE_VISIBILITY_BUDGET_H_

#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/model/limits.h"
#include "core/model/receipt.h"

namespace twinq {

// Whether a change of visibility at `now` would hide the message for 12 hours or longer since the
// receive that issued the handle, extensions included (SQS semantics 2.13). Exactly 12 hours is
// refused: the real service refuses 43,200 s right after the receive.
inline bool ExceedsVisibilityBudget(Timestamp now, const Receipt& receipt,
                                    absl::Duration visibility) {
  return now - receipt.received_at + visibility >= kVisibilityTimeoutMax;
}

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_VISIBILITY_BUDGET_H_
