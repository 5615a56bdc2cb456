#ifndef TWINQ_PLATFORM_LOG_H_
#define TWINQ_PLATFORM_LOG_H_

#include <initializer_list>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "platform/log_line.h"

namespace twinq::platform {

// Events of this level and above are written from now on. The default is kInfo.
void SetLogLevel(LogLevel level);

// How they are written from now on. The default is kText.
void SetLogFormat(LogFormat format);

// Writes one line to standard error, see LogLine(). For events of the process, never for one
// message or one request. `event` is a name in snake_case; the facts are in the fields.
//
// Thread-safety: any thread; lines do not mix.
void Log(LogLevel level, absl::string_view event, absl::Span<const LogField> fields);
inline void Log(LogLevel level, absl::string_view event,
                std::initializer_list<LogField> fields = {}) {
  Log(level, event, absl::Span<const LogField>(fields.begin(), fields.size()));
}

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_LOG_H_
