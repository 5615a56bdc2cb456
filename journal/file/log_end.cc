#include "journal/file/log_end.h"

#include <algorithm>

#include "absl/status/status.h"

#include "core/base/status_macros.h"
#include "journal/file/log_scan.h"

namespace twinq {
namespace {

absl::Status CheckNoneIsMissing(const SegmentFiles& files, JournalPosition head) {
  const uint64_t newest = *files.segments().rbegin();
  for (uint64_t segment = files.shape().SegmentOf(head); segment < newest; ++segment) {
    if (!files.segments().contains(segment)) return files.Missing(segment);
  }
  return absl::OkStatus();
}

// Follows the log from a frame that counts to its end.
absl::StatusOr<LogReader> ReadToEnd(SegmentFiles& files, uint64_t segment) {
  LogReader reader(files, segment);
  std::optional<LogReader::Frame> frame;
  do {
    TWINQ_ASSIGN_OR_RETURN(frame, reader.Next());
  } while (frame.has_value());
  return reader;
}

}  // namespace

// Newer frames lie behind what older ones call durable, so nothing says more than what stands in
// the segment of `durable` or behind.
absl::StatusOr<LogEvidence> GatherEvidence(SegmentFiles& files) {
  const LogShape& shape = files.shape();
  LogEvidence evidence;
  if (files.segments().empty()) return evidence;
  uint64_t segment = *files.segments().rbegin();
  while (files.segments().contains(segment)) {
    TWINQ_RETURN_IF_ERROR(
        ScanFrameHeaders(files, shape.BeginOf(segment), [&evidence](const FrameHeader& header) {
          evidence.head = std::max(evidence.head, header.head);
          evidence.durable = std::max(evidence.durable, header.durable);
          JournalPosition& end = evidence.ends[header.epoch];
          // Marks are no part of what was written.
          const bool is_mark = header.type == FrameType::kMark;
          end = std::max(end, is_mark ? header.position : header.end());
        }));
    const bool any = !evidence.ends.empty();
    if (segment == 0 || (any && segment <= shape.SegmentOf(evidence.durable))) break;
    --segment;
  }
  return evidence;
}

LogEnd EndOfLog(const LogEvidence& evidence, const LogReader& reader) {
  // What counts may lie before the segments that gave the evidence.
  LogEnd log = {.head = reader.head(),
                .durable = evidence.durable,
                .end = reader.position(),
                .epoch = reader.epoch()};
  log.is_marked = reader.ending() == LogReader::Ending::kMark;
  for (const auto& [epoch, end] : evidence.ends) {
    log.epoch = std::max(log.epoch, epoch);
    // Older ones were cut off by an earlier recovery.
    if (epoch >= reader.epoch() && end > log.end) {
      log.cut_bytes = std::max(log.cut_bytes, end.value() - log.end.value());
    }
  }
  return log;
}

absl::StatusOr<LogEnd> FindLogEnd(SegmentFiles& files) {
  if (files.segments().empty()) return LogEnd();
  TWINQ_ASSIGN_OR_RETURN(const LogEvidence evidence, GatherEvidence(files));
  const uint64_t segment = files.shape().SegmentOf(evidence.durable);
  TWINQ_ASSIGN_OR_RETURN(LogReader reader, ReadToEnd(files, segment));
  const JournalPosition begin = files.shape().BeginOf(segment);
  if (segment > 0 && evidence.durable == begin && reader.position() == begin &&
      reader.ending() != LogReader::Ending::kMark) {
    // Nothing in this segment counts. What does, and says where the head is, lies in the one
    // before, which is not dropped as long as that is so.
    TWINQ_ASSIGN_OR_RETURN(reader, ReadToEnd(files, segment - 1));
  }
  if (reader.position() < evidence.durable) {
    TWINQ_ASSIGN_OR_RETURN(const LogDamage damage, DamageBehind(files, reader, evidence.durable));
    return absl::DataLossError(damage.message);
  }
  TWINQ_RETURN_IF_ERROR(CheckNoneIsMissing(files, reader.head()));
  return EndOfLog(evidence, reader);
}

}  // namespace twinq
