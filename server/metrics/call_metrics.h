#ifndef TWINQ_SERVER_METRICS_CALL_METRICS_H_
#define TWINQ_SERVER_METRICS_CALL_METRICS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

#include "core/base/clock.h"
#include "platform/mutex.h"
#include "server/metrics/histogram.h"

namespace twinq::metrics {

// Which end a call came to: 0 for success, else a number of its error, smaller than
// CallMetrics::Names::outcomes has entries.
using CallOutcome = size_t;

// The calls of one action on one front-end thread.
//
// Thread-safety: any thread. Lifetime: borrows the clock.
// Cost: a call costs two looks at the clock and four atomic additions, to memory that hardly
// anybody else writes.
class CallCounters {
 public:
  CallCounters(const Clock& clock, size_t outcomes) : clock_(clock), outcomes_(outcomes) {}

  // A call begins: returns what End() wants to know.
  absl::Time Begin() {
    begun_.fetch_add(1, std::memory_order_relaxed);
    return clock_.Now();
  }
  void End(CallOutcome outcome, absl::Time begun) {
    seconds_.Add(clock_.Now() - begun);
    outcomes_[outcome].fetch_add(1, std::memory_order_relaxed);
  }

 private:
  friend class CallMetrics;

  const Clock& clock_;
  std::atomic<uint64_t> begun_{0};
  std::vector<std::atomic<uint64_t>> outcomes_;
  Histogram seconds_;
};

// The calls of all actions on all front-end threads.
//
// Guarantee: there are figures for the actions and outcomes of the tables given, and no others.
// Thread-safety: any thread. Lifetime: borrows the clock; outlives whoever has counters.
class CallMetrics {
 public:
  struct Names {
    std::vector<std::string> actions;
    std::vector<std::string> outcomes;  // By CallOutcome; several may share a name.
  };
  // What has been counted of one action.
  struct Figures {
    std::string action;
    uint64_t under_way = 0;
    std::map<std::string, uint64_t> ended;  // By the name of the outcome, all that there are.
    Histogram::Counts seconds;
  };

  // `clock` never steps.
  CallMetrics(Names names, const Clock& clock) : names_(std::move(names)), clock_(clock) {}

  // Counters of the action for one more thread. REQUIRES: the action is one of those named.
  CallCounters& AddCounters(const std::string& action);
  // By action, in the order of the names.
  std::vector<Figures> Read() const;

 private:
  const Names names_;
  const Clock& clock_;
  mutable platform::Mutex mutex_;
  // In no order; they never move.
  std::deque<CallCounters> counters_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<CallCounters*>> by_action_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq::metrics

#endif  // TWINQ_SERVER_METRICS_CALL_METRICS_H_
