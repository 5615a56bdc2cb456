#ifndef TWINQ_CORE_QUEUE_MESSAGE_DUMP_H_
#define TWINQ_CORE_QUEUE_MESSAGE_DUMP_H_

#include <cstdint>
#include <string>

#include "core/model/group_id.h"
#include "core/queue/message_slots.h"

namespace twinq {

// One line with all durable fields of a message, for Queue::Dump(). Bodies are named by their size:
// their references differ after a replay.
std::string DumpMessage(uint32_t index, const MessageSlot& slot, const GroupId& group);

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_DUMP_H_
