#ifndef TWINQ_JOURNAL_FILE_LOG_CHECK_H_
#define TWINQ_JOURNAL_FILE_LOG_CHECK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "core/base/file_system.h"
#include "journal/file/log_end.h"
#include "journal/file/log_format.h"
#include "journal/journal.h"

namespace twinq {

// What a whole log holds, and what of it cannot be read.
struct LogCheck {
  LogShape shape;
  LogEnd log;
  uint64_t segments = 0;  // Files, those that are ready for what comes included.
  uint64_t frames = 0;
  uint64_t records = 0;
  uint64_t record_bytes = 0;
  std::vector<std::string> damage;  // A line each: file, offset, why, and what is lost.
};

// Reads a log from its head to its end without changing it, also behind damage, and calls `visit`
// with each record that counts and the position behind it.
//
// Errors: NotFound: there is no directory, or no log in it. FailedPrecondition: a server has it
// open. Those of `visit`, which end it.
// Cost: reads the log once, and its newest segments twice.
absl::StatusOr<LogCheck> CheckLog(
    FileSystem& file_system, const std::string& directory,
    absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit);

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_LOG_CHECK_H_
