#ifndef TWINQ_SIM_HISTORY_DUPLICATE_CAUSES_H_
#define TWINQ_SIM_HISTORY_DUPLICATE_CAUSES_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

#include "sim/history/evidence.h"

namespace twinq::history {

// Why a stored message was delivered again: the first that fits, as far as its clients can know.
// None of the causes is a violation by itself.
enum class Cause : uint8_t {
  kMissedDelete,  // An acknowledged delete exists.
  kLockRace,      // The previous consumer provably held it still.
  kZeroTimeout,   // The previous receive asked for no visibility.
  kReleased,      // The previous consumer gave it back.
  kLostDelivery,  // The previous answer never arrived.
  kServerCrash,   // A crash may have forgotten the previous receive, and it came too early else.
  kLostDelete,    // Of the previous consumer's delete no answer arrived.
  kLateDelete,    // Its delete was refused, for the visibility was over.
  // The previous consumer crashed after it had the message and before it asked for more: who does
  // is taken to be done with what it had.
  kCrash,
  kSlowHandling,  // Its delete was sent, but only after this delivery, or came at the same time.
  kFailed,        // It sent no delete: left to its visibility timeout, for whatever reason.
};
inline constexpr size_t kCauses = static_cast<size_t>(Cause::kFailed) + 1;

// In snake_case.
absl::string_view NameOf(Cause cause);

using CauseCounts = std::array<int64_t, kCauses>;

// Counts the duplicate deliveries: any delivery of a stored message but its first, and a first one
// known here whose receive count tells of another before it.
//
// Cost: O(n log n).
CauseCounts CountDuplicates(const Evidence& evidence);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_DUPLICATE_CAUSES_H_
