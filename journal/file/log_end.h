#ifndef TWINQ_JOURNAL_FILE_LOG_END_H_
#define TWINQ_JOURNAL_FILE_LOG_END_H_

#include <cstdint>
#include <map>

#include "absl/status/statusor.h"

#include "journal/file/log_reader.h"
#include "journal/file/segment_files.h"
#include "journal/journal.h"

namespace twinq {

// Where a log ends, and what its frames say about it.
struct LogEnd {
  JournalPosition head = {};     // No record that ends at or before it counts any more.
  JournalPosition durable = {};  // Some frame proves that everything before was durable once.
  JournalPosition end = {};      // Behind the last frame that counts; the next one belongs here.
  uint32_t epoch = 0;            // The newest of all frames, also of those that do not count.
  // Whether a mark stands at `end`, as it does when no commit was under way. Else one may have been
  // lost that was never durable.
  bool is_marked = false;
  // From `end` to the last trace of a frame that was written behind it and was never durable.
  uint64_t cut_bytes = 0;
};

// Finds the end of the log; docs/journal_format.md has the rules, and why they suffice. All zeros
// if there is no log.
//
// Errors: DataLoss, naming file, offset and what is lost: a frame does not check out that lies
// before `durable` and in its segment, or a segment from the head on is missing or has a bad
// header. Damage further ahead is for those to notice who read the log from its head.
// Cost: reads the segments from that of `durable` on, twice.
absl::StatusOr<LogEnd> FindLogEnd(SegmentFiles& files);

// What frame headers say, wherever they stand and whether they count or not: each was true when it
// was written, and stays so.
struct LogEvidence {
  JournalPosition head;
  JournalPosition durable;
  std::map<uint32_t, JournalPosition> ends;  // The last end of a frame, by epoch.
};
absl::StatusOr<LogEvidence> GatherEvidence(SegmentFiles& files);
// REQUIRES: the reader has ended, not before `evidence.durable`.
LogEnd EndOfLog(const LogEvidence& evidence, const LogReader& reader);

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_LOG_END_H_
