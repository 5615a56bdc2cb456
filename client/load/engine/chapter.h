#ifndef TWINQ_CLIENT_LOAD_ENGINE_CHAPTER_H_
#define TWINQ_CLIENT_LOAD_ENGINE_CHAPTER_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "client/load/engine/measurements.h"
#include "client/load/engine/progress.h"
#include "client/load/engine/shared_chapter.h"
#include "sim/history/history.h"

namespace twinq::load {

// What a chapter came to. Its end says what is left in the queue: nothing if it was drained.
struct ChapterOutcome {
  history::History history;
  Measurements measurements;
  uint32_t messages = 0;   // Numbers that were used up.
  absl::Duration sending;  // How long it sent.
};

// One part of a run: sends until the plan's time or messages are used up, then receives what is
// left until nothing has come for a visibility timeout and a second.
//
// `on_sent` is called when the sending is over, and `on_warm` before it, when the warm-up is; both
// in this thread.
// Errors: the first call that failed ends the chapter with its status.
// Cost: a thread and a connection for each producer and consumer, each with one call at a time; all
// have ended when it returns. The history takes some 230 bytes for each message.
absl::StatusOr<ChapterOutcome> RunChapter(SharedChapter& chapter, Progress& progress,
                                          absl::FunctionRef<void()> on_warm,
                                          absl::FunctionRef<void()> on_sent);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_CHAPTER_H_
