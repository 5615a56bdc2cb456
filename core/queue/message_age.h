#ifndef TWINQ_CORE_QUEUE_MESSAGE_AGE_H_
#define TWINQ_CORE_QUEUE_MESSAGE_AGE_H_

#include <compare>

#include "core/base/timestamp.h"
#include "core/model/sequence_number.h"

namespace twinq {

// The place of a message among those of its queue by the time of its send; at equal times by
// sequence number.
struct MessageAge {
  Timestamp sent_at = Timestamp::Past();
  SequenceNumber sequence;

  friend auto operator<=>(const MessageAge&, const MessageAge&) = default;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_AGE_H_
