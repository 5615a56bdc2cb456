#include "client/load/progress_line.h"

#include "absl/strings/str_format.h"

#include "client/load/report/figures.h"
#include "platform/monotonic_clock.h"

namespace twinq::load {
namespace {

constexpr absl::Duration kInterval = absl::Milliseconds(200);
// To the line's beginning, and all of it away.
constexpr char kClear[] = "\r\x1b[K";

}  // namespace

std::string ProgressText(absl::string_view name, absl::Duration elapsed, const Progress& progress) {
  return absl::StrFormat("%s: %.0f s, %s sent, %s received", name,
                         absl::ToDoubleSeconds(absl::Floor(elapsed, absl::Seconds(1))),
                         WithThousands(progress.sent), WithThousands(progress.received));
}

ProgressLine::ProgressLine(absl::string_view name, const Progress& progress, std::FILE* terminal)
    : name_(name), progress_(progress), terminal_(terminal) {
  if (terminal_ != nullptr) thread_ = platform::Thread("progress", [this] { Show(); });
}

ProgressLine::~ProgressLine() {
  stop_.Give();
  thread_.Join();
  if (terminal_ == nullptr) return;
  absl::FPrintF(terminal_, "%s", kClear);
  std::fflush(terminal_);
}

void ProgressLine::Show() {
  const platform::MonotonicClock clock;
  const absl::Time began_at = clock.Now();
  while (!stop_.is_given()) {
    absl::FPrintF(terminal_, "%s%s", kClear,
                  ProgressText(name_, clock.Now() - began_at, progress_));
    std::fflush(terminal_);
    stop_.WaitFor(kInterval);
  }
}

}  // namespace twinq::load
