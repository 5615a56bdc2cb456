#ifndef TWINQ_CLIENT_LOAD_ENGINE_MESSAGE_DRAWS_H_
#define TWINQ_CLIENT_LOAD_ENGINE_MESSAGE_DRAWS_H_

#include <cstdint>

#include "core/base/random.h"

namespace twinq::load {

enum class Occasion : uint8_t { kSend, kFirstDelivery };

// The random numbers that belong to one message of a run on that occasion. They depend on nothing
// else: neither on the kind of the queue nor on which thread has the message.
inline SeededRandom DrawsOf(uint64_t seed, uint32_t number, Occasion occasion) {
  constexpr uint64_t kSpread = 0x9e3779b97f4a7c15;  // Odd, so that no two messages meet.
  return SeededRandom(seed + kSpread * (2 * uint64_t{number} + static_cast<uint64_t>(occasion)));
}

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_MESSAGE_DRAWS_H_
