#ifndef TWINQ_JOURNAL_FILE_LOG_FORMAT_H_
#define TWINQ_JOURNAL_FILE_LOG_FORMAT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "journal/journal.h"

// The log on disk, byte by byte: docs/journal_format.md draws it. All numbers are little-endian.
namespace twinq {

inline constexpr uint32_t kLogFormatVersion = 1;

// A log is cut into segments of one size, a file each: a header, then frames, then nothing.
inline constexpr uint64_t kSegmentBytes = 16 << 20;
inline constexpr uint64_t kSegmentBytesMin = 2 << 10;  // For tests.
inline constexpr uint64_t kSegmentBytesMax = 1 << 30;
inline constexpr uint64_t kSegmentHeaderBytes = 512;
inline constexpr absl::string_view kSegmentMagic = "twinqlog";
// A segment on its way to become one; whatever it holds counts for nothing.
inline constexpr absl::string_view kNewSegmentName = "new.segment";

// A frame is what is checked as a whole: records that were written together, padded with zeros.
inline constexpr uint64_t kFrameHeaderBytes = 48;
inline constexpr uint64_t kFrameAlignmentBytes = 8;
inline constexpr uint64_t kRecordPrefixBytes = 4;  // The record's length.
inline constexpr uint64_t kRecordBytesMax = 2 << 20;
// A frame takes no further record once its body has this size.
inline constexpr uint64_t kFrameBodyBytesTarget = 64 << 10;
inline constexpr uint64_t kFrameBodyBytesMax =
    kFrameBodyBytesTarget + kRecordPrefixBytes + kRecordBytesMax + kFrameAlignmentBytes;
// Writes are padded to whole pages, so that the kernel need not read the rest of one first.
inline constexpr uint64_t kPageBytes = 4 << 10;

// What all segments of a log have in common.
struct LogShape {
  uint64_t log_id = 0;  // Drawn once; goes into every checksum, so that no frame can be forged.
  uint64_t segment_bytes = kSegmentBytes;

  // Of a segment, for frames. A position counts these bytes over all segments.
  constexpr uint64_t frame_bytes() const { return segment_bytes - kSegmentHeaderBytes; }
  // The longest record that fits into a segment.
  uint64_t record_bytes_max() const;

  uint64_t SegmentOf(JournalPosition position) const { return position.value() / frame_bytes(); }
  // Within the file of the segment.
  uint64_t OffsetOf(JournalPosition position) const {
    return kSegmentHeaderBytes + position.value() % frame_bytes();
  }
  // Where the frames of a segment begin.
  JournalPosition BeginOf(uint64_t segment) const {
    return JournalPosition(segment * frame_bytes());
  }
  friend bool operator==(const LogShape&, const LogShape&) = default;
};

// "000000000000002a.segment": 16 hexadecimal digits. Nothing if the name is no segment's.
std::string SegmentName(uint64_t segment);
std::optional<uint64_t> ParseSegmentName(absl::string_view name);

// kSegmentHeaderBytes long.
std::string EncodeSegmentHeader(const LogShape& shape, uint64_t segment);
struct SegmentHeader {
  LogShape shape;
  uint64_t segment = 0;
};
// DataLoss: it does not check out. Unimplemented: a version that we do not know.
absl::StatusOr<SegmentHeader> DecodeSegmentHeader(absl::string_view bytes);

enum class FrameType : uint8_t {
  kRecords = 1,
  kSegmentEnd = 2,  // The log goes on at the beginning of the next segment. No body.
  kMark = 3,        // The log ends here so far; the next frame takes its place. No body.
  kNote = 4,        // Stays, and says no more than its header does. No body.
};

struct FrameHeader {
  FrameType type = FrameType::kRecords;
  uint32_t epoch = 0;  // How many times the log had been opened when the frame was written.
  uint32_t record_count = 0;
  uint32_t body_bytes = 0;
  uint32_t body_crc = 0;
  JournalPosition position = {};  // Of the frame itself.
  JournalPosition durable = {};   // Everything before was durable when the frame was written.
  JournalPosition head = {};      // No record that ends at or before it counts any more.

  JournalPosition end() const {
    return JournalPosition(position.value() + kFrameHeaderBytes + body_bytes);
  }
  friend bool operator==(const FrameHeader&, const FrameHeader&) = default;
};

// Writes kFrameHeaderBytes to `bytes`.
void EncodeFrameHeader(const LogShape& shape, const FrameHeader& header, char* bytes);
// Nothing unless kFrameHeaderBytes at `bytes` are the header of a frame at `position` of this log.
std::optional<FrameHeader> DecodeFrameHeader(const LogShape& shape, JournalPosition position,
                                             const char* bytes);

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_LOG_FORMAT_H_
