#include "server/metrics/call_metrics.h"

#include <algorithm>

#include "core/base/check.h"

namespace twinq::metrics {

CallCounters& CallMetrics::AddCounters(const std::string& action) {
  const auto& actions = names_.actions;
  TWINQ_CHECK(std::find(actions.begin(), actions.end(), action) != actions.end());
  const platform::MutexLock lock(mutex_);
  CallCounters& added = counters_.emplace_back(clock_, names_.outcomes.size());
  by_action_[action].push_back(&added);
  return added;
}

std::vector<CallMetrics::Figures> CallMetrics::Read() const {
  const platform::MutexLock lock(mutex_);
  std::vector<Figures> all;
  for (const std::string& action : names_.actions) {
    Figures figures{.action = action, .under_way = 0, .ended = {}, .seconds = {}};
    for (const std::string& outcome : names_.outcomes) figures.ended[outcome] = 0;
    uint64_t begun = 0;
    uint64_t ended = 0;
    const auto found = by_action_.find(action);
    for (const CallCounters* counters :
         found == by_action_.end() ? std::vector<CallCounters*>() : found->second) {
      // Ends first: a call that comes in between is under way, not one that has not begun.
      for (size_t i = 0; i < names_.outcomes.size(); ++i) {
        const uint64_t count = counters->outcomes_[i].load(std::memory_order_relaxed);
        figures.ended[names_.outcomes[i]] += count;
        ended += count;
      }
      figures.seconds += counters->seconds_.Read();
      begun += counters->begun_.load(std::memory_order_relaxed);
    }
    figures.under_way = begun - std::min(begun, ended);
    all.push_back(std::move(figures));
  }
  return all;
}

}  // namespace twinq::metrics
