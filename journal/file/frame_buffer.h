#ifndef TWINQ_JOURNAL_FILE_FRAME_BUFFER_H_
#define TWINQ_JOURNAL_FILE_FRAME_BUFFER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "journal/file/log_format.h"
#include "journal/journal.h"

namespace twinq {

// Frames that lie one behind the other in one segment.
struct LogExtent {
  JournalPosition begin;
  std::string bytes;
  std::vector<FrameHeader> frames;  // Their headers, for which room is left in `bytes`.
};

// What was appended and not yet written, as the frames that it will be: a record's position is
// final when it is appended. Records are never split: one that does not fit into the rest of a
// segment begins the next.
//
// Cost: a record is copied once; checksums are left to FinishFrames().
class FrameBuffer {
 public:
  // The first frame will begin at `end`.
  FrameBuffer(const LogShape& shape, JournalPosition end) : shape_(shape), end_(end) {}

  // Returns the position behind the record. REQUIRES: it has at most shape.record_bytes_max()
  // bytes.
  JournalPosition Append(absl::string_view record);
  // Adds a frame without records, for what its header will say.
  void AppendNote();
  // Everything since the last Take(), in order, without what FinishFrames() adds.
  std::vector<LogExtent> Take();
  // Where the next frame begins. REQUIRES: nothing was appended since the last Take().
  JournalPosition end() const { return end_; }
  // Gives memory back, to be filled again.
  void Reuse(std::vector<LogExtent> extents);

 private:
  LogExtent& extent() { return extents_.back(); }
  // Behind all bytes so far, also those of the frame that grows.
  JournalPosition behind() const;
  bool FrameGrows() const { return frame_.record_count > 0; }
  bool Fits(uint64_t record_bytes) const;
  void BeginExtent(JournalPosition begin);
  void BeginFrame(FrameType type);
  void EndFrame();
  void EndSegment();

  const LogShape shape_;
  JournalPosition end_;  // Behind the frames that have ended.
  std::vector<LogExtent> extents_;
  FrameHeader frame_;  // The one that grows, if any does; at the end of the last extent.
  LogExtent spare_;    // Memory for the next extent.
};

// Fills in what is known only when frames are written: their checksums, and `durable`, `head` and
// `epoch` as `known` has them.
void FinishFrames(const LogShape& shape, const FrameHeader& known, LogExtent& extent);

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_FRAME_BUFFER_H_
