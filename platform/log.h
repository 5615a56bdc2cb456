#ifndef TWINQ_PLATFORM_LOG_H_
#define TWINQ_PLATFORM_LOG_H_

#include "absl/strings/string_view.h"

namespace twinq::platform {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Events of this level and above are written from now on. The default is kInfo.
void SetLogLevel(LogLevel level);

// Writes one line to standard error: time of day, level, text. For events of the process, never for
// one message or one request.
//
// Thread-safety: any thread; lines do not mix.
void Log(LogLevel level, absl::string_view text);

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_LOG_H_
