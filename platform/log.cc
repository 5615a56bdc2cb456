#include "platform/log.h"

#include <atomic>
#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "core/base/check.h"
#include "platform/system_clock.h"

namespace twinq::platform {
namespace {

std::atomic<LogLevel> level_written{LogLevel::kInfo};

absl::string_view NameOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

}  // namespace

void SetLogLevel(LogLevel level) { level_written = level; }

void Log(LogLevel level, absl::string_view text) {
  if (level < level_written) return;
  const std::string time =
      absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", SystemClock().Now(), absl::UTCTimeZone());
  const std::string line = absl::StrCat(time, " ", NameOf(level), " ", text, "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace twinq::platform
