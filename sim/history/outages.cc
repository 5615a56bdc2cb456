#include "sim/history/outages.h"

#include <algorithm>

namespace twinq::history {

Outages::Outages(const std::vector<Incident>& incidents) {
  for (const Incident& incident : incidents) {
    const bool is_down = !outages_.empty() && outages_.back().ended_at == Timestamp::Infinite();
    if (incident.kind == Incident::Kind::kServerCrashed && !is_down) {
      outages_.push_back({.crashed_at = incident.at, .ended_at = Timestamp::Infinite()});
    } else if (incident.kind == Incident::Kind::kServerStarted && is_down) {
      outages_.back().ended_at = incident.at;
    }
  }
}

Timestamp Outages::ForgottenFrom(Timestamp time) const {
  const auto next = std::lower_bound(
      outages_.begin(), outages_.end(), time,
      [](const Outage& outage, Timestamp instant) { return outage.ended_at < instant; });
  if (next == outages_.end()) return Timestamp::Infinite();
  return std::max(next->crashed_at, time);
}

}  // namespace twinq::history
