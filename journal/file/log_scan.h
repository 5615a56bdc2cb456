#ifndef TWINQ_JOURNAL_FILE_LOG_SCAN_H_
#define TWINQ_JOURNAL_FILE_LOG_SCAN_H_

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "journal/file/log_format.h"
#include "journal/file/log_reader.h"
#include "journal/file/segment_files.h"
#include "journal/journal.h"

namespace twinq {

// Calls `visit` with every frame header in the segment of `from`, at it or behind, wherever one
// stands: also between frames that do not check out, where LogReader does not get. Bodies are not
// checked.
//
// Cost: reads the segment from there on.
absl::Status ScanFrameHeaders(SegmentFiles& files, JournalPosition from,
                              absl::FunctionRef<void(const FrameHeader&)> visit);

// The first frame header behind `position` and before `limit`.
absl::StatusOr<std::optional<JournalPosition>> FindFrameHeader(SegmentFiles& files,
                                                               JournalPosition behind,
                                                               JournalPosition limit);

// How much of the log cannot be read, and where.
struct LogDamage {
  JournalPosition begin = {};
  JournalPosition end;       // Of the next frame, or where the log ends.
  std::string message = {};  // File, offset, why, and what is lost.
};

// What it is that ended `reader`, though the log goes on until `end`.
absl::StatusOr<LogDamage> DamageBehind(SegmentFiles& files, const LogReader& reader,
                                       JournalPosition end);

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_LOG_SCAN_H_
