#ifndef TWINQ_BROKER_LOG_CLEANER_H_
#define TWINQ_BROKER_LOG_CLEANER_H_

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"

#include "broker/broker.h"
#include "broker/log_contents.h"
#include "broker/record.h"
#include "core/base/timestamp.h"
#include "journal/journal.h"

namespace twinq {

// Keeps the log of a broker short (design decision D5): what still counts at its beginning is
// appended again, a little with each append and when nothing else is to do, and then the beginning
// can be let go of.
//
// Guarantee: no record is let go of before all that made it needless is durable, be it a copy or a
// removal: a beginning found at one moment is dropped when everything appended by then is durable.
// The log stays below twice what counts and the slack, but for live_bytes() that fall faster
// than Clean() is called; what counts no longer at the beginning costs no copy.
// Lifetime: borrows the broker.
// Cost: at half of the log live, as many bytes are copied as are appended. A call of Clean() looks
// at kItemsPerCallMax items and copies some kCopyBytesPerCallMax.
class LogCleaner {
 public:
  struct Options {
    // Cleaning begins when the log is longer than one and a half times what counts, and this.
    uint64_t slack_bytes = 64 << 20;
    uint64_t stretch_bytes = 64 << 10;  // See LogContents.
  };
  // With stretches that are small beside the slack.
  static Options OptionsFor(uint64_t slack_bytes);
  static constexpr int kItemsPerCallMax = 4'000;
  static constexpr int64_t kCopyBytesPerCallMax = 256 << 10;

  LogCleaner(Broker& broker, const Options& options)
      : broker_(broker), options_(options), contents_(options.stretch_bytes) {}

  LogContents& contents() { return contents_; }
  // What was noted in contents() was appended: `bytes` up to `end`.
  void NoteAppended(JournalPosition end, uint64_t bytes);
  // Nothing that was noted is still to be appended.
  void NoteFlushed();

  enum class Pace : uint8_t { kWithAppends, kIdle };
  // Passes copies on to `append`, which notes and appends them, and returns whether there is more
  // to do at this pace.
  bool Clean(Timestamp now, Pace pace, absl::FunctionRef<void(Record&&)> append);

  // Where the log may begin, once it is durable up to `until`.
  struct Head {
    JournalPosition begin;
    JournalPosition until;
  };
  // The one to wait for, if any: some kStretchesPerHead behind the one before.
  const std::optional<Head>& next_head() const { return next_head_; }
  // The position to drop before, if one has become safe.
  std::optional<JournalPosition> TakeHead(JournalPosition durable);

 private:
  // Bytes to look through for each byte appended: more than 1 / (1 - live / log), so that the log
  // gets shorter while it is too long.
  static constexpr int64_t kLookPerAppended = 4;
  static constexpr int64_t kOwedMax = 16 << 20;
  // A log that is dropped from too often is synced too often.
  static constexpr uint64_t kStretchesPerHead = 4;

  bool IsTooLong() const;
  void ProposeHead();

  Broker& broker_;
  const Options options_;
  LogContents contents_;
  int64_t owed_ = 0;  // Bytes of the log to look through.
  JournalPosition end_;
  // Where the log may begin once it is durable up to end_, and how much was passed by then.
  JournalPosition flushed_head_;
  uint64_t flushed_passed_ = 0;
  std::optional<Head> next_head_;
  uint64_t proposed_passed_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_BROKER_LOG_CLEANER_H_
