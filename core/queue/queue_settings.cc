#include "core/queue/queue_settings.h"

#include <algorithm>

namespace twinq {

QueueSettings QueueSettings::ChangedBy(const GivenQueueAttributes& given, Timestamp now,
                                       SequenceNumber last) const {
  return {.attributes = given.Over(attributes),
          .delay_floor = std::max(delay_floor, MessageAge{now + -attributes.delay, last}),
          .retention_floor = std::max(retention_floor, now + -attributes.retention)};
}

}  // namespace twinq
