#include "platform/log.h"

#include <atomic>
#include <cstdio>
#include <string>

#include "platform/system_clock.h"

namespace twinq::platform {
namespace {

std::atomic<LogLevel> level_written{LogLevel::kInfo};
std::atomic<LogFormat> format_written{LogFormat::kText};

}  // namespace

void SetLogLevel(LogLevel level) { level_written = level; }

void SetLogFormat(LogFormat format) { format_written = format; }

void Log(LogLevel level, absl::string_view event, absl::Span<const LogField> fields) {
  if (level < level_written) return;
  const std::string line = LogLine(format_written, SystemClock().Now(), level, event, fields);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace twinq::platform
