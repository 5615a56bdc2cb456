#include "broker/log_cleaner.h"

#include <algorithm>
#include <utility>

#include "broker/record_codec.h"

namespace twinq {

LogCleaner::Options LogCleaner::OptionsFor(uint64_t slack_bytes) {
  constexpr uint64_t kStretchBytesMin = 1 << 10;
  Options options{.slack_bytes = slack_bytes};
  options.stretch_bytes = std::clamp(slack_bytes / 64, kStretchBytesMin, options.stretch_bytes);
  return options;
}

bool LogCleaner::IsTooLong() const {
  const uint64_t live = broker_.live_bytes();
  return contents_.bytes() > live + live / 2 + options_.slack_bytes;
}

void LogCleaner::NoteAppended(JournalPosition end, uint64_t bytes) {
  end_ = end;
  contents_.NoteAppended(end, bytes);
  const int64_t look = kLookPerAppended * static_cast<int64_t>(bytes);
  owed_ = IsTooLong() ? std::min(owed_ + look, kOwedMax) : 0;
}

void LogCleaner::NoteFlushed() {
  flushed_head_ = contents_.head();
  flushed_passed_ = contents_.bytes_before();
  ProposeHead();
}

void LogCleaner::ProposeHead() {
  const uint64_t step = kStretchesPerHead * options_.stretch_bytes;
  if (next_head_.has_value() || flushed_passed_ < proposed_passed_ + step) return;
  next_head_ = Head{.begin = flushed_head_, .until = end_};
  proposed_passed_ = flushed_passed_;
}

bool LogCleaner::Clean(Timestamp now, Pace pace, absl::FunctionRef<void(Record&&)> append) {
  if (pace == Pace::kIdle && IsTooLong()) owed_ = std::max(owed_, kCopyBytesPerCallMax);
  int64_t may_copy = std::min(owed_, kCopyBytesPerCallMax);
  for (int i = 0; i < kItemsPerCallMax; ++i) {
    const std::optional<LogItem> oldest = contents_.Oldest();
    if (!oldest.has_value()) return false;
    const bool is_live = broker_.IsLive(*oldest, now);
    if (is_live && may_copy <= 0) return owed_ > 0 || (pace == Pace::kIdle && IsTooLong());
    const auto bytes = static_cast<int64_t>(contents_.OldestBytes());
    contents_.RemoveOldest();
    owed_ = std::max<int64_t>(owed_ - bytes, 0);
    may_copy -= bytes;
    if (is_live) append(broker_.CopyOf(*oldest, now));
  }
  return true;
}

std::optional<JournalPosition> LogCleaner::TakeHead(JournalPosition durable) {
  if (!next_head_.has_value() || next_head_->until > durable) return std::nullopt;
  const JournalPosition begin = next_head_->begin;
  next_head_.reset();
  ProposeHead();
  return begin;
}

}  // namespace twinq
