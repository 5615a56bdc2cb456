#ifndef TWINQ_CORE_MODEL_RECEIPT_H_
#define TWINQ_CORE_MODEL_RECEIPT_H_

#include <compare>
#include <cstdint>

#include "core/base/timestamp.h"
#include "core/model/queue_id.h"
#include "core/model/sequence_number.h"

namespace twinq {

// What a receipt handle says once its seal was verified (server/api): one delivery of one message.
// Naming the slot makes finding the message O(1) without a table of handles; the sequence number
// tells whether the slot still holds that message.
struct Receipt {
  QueueId queue;
  uint32_t slot = 0;
  SequenceNumber sequence;
  uint32_t delivery = 0;  // 1 for the first receive of the message.
  Timestamp received_at;

  friend auto operator<=>(const Receipt&, const Receipt&) = default;
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_RECEIPT_H_
