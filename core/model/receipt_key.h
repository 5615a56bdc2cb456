#ifndef TWINQ_CORE_MODEL_RECEIPT_KEY_H_
#define TWINQ_CORE_MODEL_RECEIPT_KEY_H_

#include <array>
#include <cstdint>

namespace twinq {

// The secret with which a shard's receipt handles are sealed. Stored with the shard's data, so that
// a handle stays good across restarts.
using ReceiptKey = std::array<uint8_t, 16>;

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_RECEIPT_KEY_H_
