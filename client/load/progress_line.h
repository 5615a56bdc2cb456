#ifndef TWINQ_CLIENT_LOAD_PROGRESS_LINE_H_
#define TWINQ_CLIENT_LOAD_PROGRESS_LINE_H_

#include <cstdio>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "client/load/engine/progress.h"
#include "client/load/engine/stop_signal.h"
#include "platform/thread.h"

namespace twinq::load {

// What is shown of a run that has taken so long.
std::string ProgressText(absl::string_view name, absl::Duration elapsed, const Progress& progress);

// While it lives, a line of a terminal that shows how far a run is.
//
// Lifetime: borrows progress and terminal. The line is gone when the destructor returns.
class ProgressLine {
 public:
  // `terminal` may be null: then nothing is shown.
  ProgressLine(absl::string_view name, const Progress& progress, std::FILE* terminal);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  void Show();

  const std::string name_;
  const Progress& progress_;
  std::FILE* const terminal_;
  StopSignal stop_;
  platform::Thread thread_;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_PROGRESS_LINE_H_
