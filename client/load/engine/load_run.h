#ifndef TWINQ_CLIENT_LOAD_ENGINE_LOAD_RUN_H_
#define TWINQ_CLIENT_LOAD_ENGINE_LOAD_RUN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

#include "client/load/engine/progress.h"
#include "client/load/engine/run_result.h"
#include "client/load/engine/target.h"
#include "client/load/engine/workload.h"
#include "core/base/clock.h"

namespace twinq::load {

// What a run has around it. Must outlive the call.
struct Surroundings {
  const Clock& clock;
  Progress& progress;
  // Each chapter's history is written there: the first to the path itself, the others to
  // PATH.2, PATH.3, …; empty: nowhere.
  std::string history_path;
  // After so many messages the queue is drained and what happened judged and forgotten, before it
  // goes on: so a run of any length takes no more memory than a chapter. A message takes some 500
  // bytes while its chapter is judged.
  uint32_t chapter_messages = 1'000'000;
};

// Makes the queue, which must not exist yet, does the workload to it, deletes it, and says what
// happened. The duration counts the time of sending, not that of draining.
//
// Errors: the first call that failed ends the run with its status, as does a history that cannot be
// written. The queue is deleted then too, if the server still answers.
absl::StatusOr<RunResult> RunWorkload(const Workload& workload, const Target& target,
                                      const Surroundings& surroundings);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_LOAD_RUN_H_
