#include "sim/history/purges.h"

#include <algorithm>

namespace twinq::history {

Purges::Purges(const std::vector<Purge>& purges) {
  for (const Purge& purge : purges) {
    if (purge.outcome != Outcome::kRefused) purges_.push_back(purge);
  }
}

bool Purges::MayComeBetween(Timestamp from, Timestamp until) const {
  return std::any_of(purges_.begin(), purges_.end(), [&](const Purge& purge) {
    return purge.call.asked_at <= until && purge.call.answered_at >= from;
  });
}

Timestamp Purges::MayComeFrom(Timestamp time) const {
  Timestamp earliest = Timestamp::Infinite();
  for (const Purge& purge : purges_) {
    if (purge.call.answered_at < time) continue;
    earliest = std::min(earliest, std::max(purge.call.asked_at, time));
  }
  return earliest;
}

Timestamp Purges::DoneAfter(Timestamp time) const {
  Timestamp earliest = Timestamp::Infinite();
  for (const Purge& purge : purges_) {
    if (purge.call.asked_at > time) earliest = std::min(earliest, purge.call.answered_at);
  }
  return earliest;
}

}  // namespace twinq::history
