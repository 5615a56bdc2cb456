#ifndef TWINQ_CORE_QUEUE_QUEUE_SETTINGS_H_
#define TWINQ_CORE_QUEUE_QUEUE_SETTINGS_H_

#include "core/base/timestamp.h"
#include "core/model/queue_attributes.h"
#include "core/model/sequence_number.h"
#include "core/queue/message_age.h"

namespace twinq {

// The attributes of a queue, and what must be remembered of those it had before: a longer delay or
// retention does not bring back what an older value had let end (SQS semantics 3.1).
struct QueueSettings {
  QueueAttributes attributes;
  // Messages up to this age are out of the queue's delay whatever the attribute says. With the
  // sequence number, because a delay of zero may become another at the very instant of a send.
  MessageAge delay_floor = {};
  // Messages sent up to here are gone, whatever the attribute says.
  Timestamp retention_floor = Timestamp::Past();

  // When a message is out of a delay that follows the queue's attribute (rule F8), and when it is
  // gone for its age.
  Timestamp DelayEnd(const MessageAge& age) const {
    return age <= delay_floor ? age.sent_at : age.sent_at + attributes.delay;
  }
  Timestamp RetentionEnd(Timestamp sent_at) const {
    return sent_at <= retention_floor ? sent_at : sent_at + attributes.retention;
  }
  // The settings after these attributes were set at `now`. `last` is the newest message so far.
  QueueSettings ChangedBy(const GivenQueueAttributes& given, Timestamp now,
                          SequenceNumber last) const;

  friend bool operator==(const QueueSettings&, const QueueSettings&) = default;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_QUEUE_SETTINGS_H_
