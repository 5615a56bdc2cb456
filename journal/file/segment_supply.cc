#include "journal/file/segment_supply.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "core/base/status_macros.h"

namespace twinq {

absl::Status SegmentSupply::Provide(uint64_t segment) {
  // A dropped file of the wrong size is removed instead.
  while (!Has(segment) && DroppedMoreThan(0)) {
    TWINQ_RETURN_IF_ERROR(files_.Recycle(oldest(), segment));
  }
  if (Has(segment)) return absl::OkStatus();
  TWINQ_RETURN_IF_ERROR(FillTo(files_.shape().segment_bytes));
  return FinishNew(segment);
}

absl::Status SegmentSupply::WorkAhead(uint64_t segment, uint64_t used_bytes) {
  if (Has(segment)) {
    return DroppedMoreThan(kDroppedKeptMax) ? files_.Remove(oldest()) : absl::OkStatus();
  }
  if (DroppedMoreThan(0)) return files_.Recycle(oldest(), segment);

  const uint64_t segment_bytes = files_.shape().segment_bytes;
  if (filled_bytes_ == segment_bytes) return FinishNew(segment);
  // Twice as fast as the log fills, so that the segment is there at half time.
  if (filled_bytes_ >= 2 * used_bytes) return absl::OkStatus();
  TWINQ_ASSIGN_OR_RETURN(const uint64_t free_bytes, files_.FreeBytes());
  // The log still has room; once it has none, Provide() fails. Until then the disk may get free.
  if (free_bytes < segment_bytes - filled_bytes_) return absl::OkStatus();
  absl::Status filled = FillTo(std::min(segment_bytes, 2 * used_bytes + kFillBytes));
  if (!absl::IsResourceExhausted(filled)) return filled;
  new_file_ = nullptr;  // The next attempt removes it.
  filled_bytes_ = 0;
  return absl::OkStatus();
}

bool SegmentSupply::DroppedMoreThan(int count) const {
  const auto& segments = files_.segments();
  return segments.size() > static_cast<size_t>(count) &&
         *std::next(segments.begin(), count) < dropped_below_;
}

absl::Status SegmentSupply::FillTo(uint64_t bytes) {
  if (new_file_ == nullptr) {
    TWINQ_ASSIGN_OR_RETURN(new_file_, files_.CreateNew());
    filled_bytes_ = 0;
  }
  const std::string zeros(std::min(kFillBytes, bytes - filled_bytes_), '\0');
  for (; filled_bytes_ < bytes; filled_bytes_ += zeros.size()) {
    const absl::string_view piece(zeros.data(), std::min(zeros.size(), bytes - filled_bytes_));
    TWINQ_RETURN_IF_ERROR(new_file_->Write(filled_bytes_, piece));
  }
  filled_bytes_ = bytes;
  return new_file_->SyncData();
}

absl::Status SegmentSupply::FinishNew(uint64_t segment) {
  TWINQ_RETURN_IF_ERROR(files_.MakeSegment(*new_file_, kNewSegmentName, segment));
  new_file_ = nullptr;
  filled_bytes_ = 0;
  return absl::OkStatus();
}

}  // namespace twinq
