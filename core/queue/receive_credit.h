#ifndef TWINQ_CORE_QUEUE_RECEIVE_CREDIT_H_
#define TWINQ_CORE_QUEUE_RECEIVE_CREDIT_H_

#include <cstdint>
#include <limits>

namespace twinq {

// How much one receive takes at most. The first message is always taken, however long it is.
struct ReceiveCredit {
  int messages = 1;
  // Of bodies, with all that is attached to them.
  uint64_t bytes = std::numeric_limits<uint64_t>::max();

  // Takes a message of so many bytes, if there is credit left for it. `is_first`: none was taken.
  bool Take(uint32_t message_bytes, bool is_first) {
    if (messages <= 0 || (!is_first && message_bytes > bytes)) return false;
    --messages;
    bytes -= message_bytes < bytes ? message_bytes : bytes;
    return true;
  }
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_RECEIVE_CREDIT_H_
