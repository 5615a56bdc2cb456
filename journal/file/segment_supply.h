#ifndef TWINQ_JOURNAL_FILE_SEGMENT_SUPPLY_H_
#define TWINQ_JOURNAL_FILE_SEGMENT_SUPPLY_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"

#include "core/base/file_system.h"
#include "journal/file/segment_files.h"

namespace twinq {

// Makes the segments that a log grows into: from dropped ones if there are any, else from new files
// filled with zeros, since overwriting what is there syncs twice as fast as growing a file.
//
// Errors: those of the file system; final, as the journal's are.
// Lifetime: borrows the files.
// Cost: a call of WorkAhead() fills and syncs at most kFillBytes and twice the bytes that were
// written to the log since the last one, or recycles one segment, or removes one.
class SegmentSupply {
 public:
  static constexpr uint64_t kFillBytes = 256 << 10;
  // As many dropped segments are kept for the next bursts.
  static constexpr int kDroppedKeptMax = 2;

  explicit SegmentSupply(SegmentFiles& files) : files_(files) {}

  // From now on segments below this one may be overwritten.
  void Drop(uint64_t below) { dropped_below_ = below; }
  // Makes sure that the segment exists, however long that takes.
  absl::Status Provide(uint64_t segment);
  // Does a little so that Provide(segment) will find it there when the segment before has been
  // filled, of which `used_bytes` are now. A full disk is no error yet.
  absl::Status WorkAhead(uint64_t segment, uint64_t used_bytes);
  // Whether dropped segments wait to be removed.
  bool HasTooManyDropped() const { return DroppedMoreThan(kDroppedKeptMax); }

 private:
  bool Has(uint64_t segment) const { return files_.segments().contains(segment); }
  // Whether more than `count` dropped segments are there.
  bool DroppedMoreThan(int count) const;
  uint64_t oldest() const { return *files_.segments().begin(); }
  // Fills the new file up to this size, and durably so.
  absl::Status FillTo(uint64_t bytes);
  absl::Status FinishNew(uint64_t segment);

  SegmentFiles& files_;
  uint64_t dropped_below_ = 0;
  std::unique_ptr<File> new_file_;
  uint64_t filled_bytes_ = 0;  // Of new_file_.
};

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_SEGMENT_SUPPLY_H_
