#ifndef TWINQ_BROKER_LOG_CONTENTS_H_
#define TWINQ_BROKER_LOG_CONTENTS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

#include "broker/log_item.h"
#include "broker/record.h"
#include "journal/journal.h"

namespace twinq {

// Which items the records of a log store, from the oldest record to the newest. Of items that have
// died since, it does not know.
//
// The log is cut into stretches; where a record lies is known no closer. The newest stretch is
// open: nothing leaves it.
// Cost: 24 bytes for each message in the log, and 16 for its deduplication. All calls O(1).
class LogContents {
 public:
  // A stretch is closed once it has so many bytes.
  explicit LogContents(uint64_t stretch_bytes) : stretch_bytes_(stretch_bytes) {}

  // The record is the next to be appended.
  void Note(const Record& record);
  // The record is the next that a replay meets, and what it stores is there already: this one
  // counts, the older one no longer does.
  void NoteCopy(const Record& record);
  // What was noted since the last call was appended: `bytes` up to `end`.
  void NoteAppended(JournalPosition end, uint64_t bytes);

  // The item whose newest record is the oldest, if that lies in a closed stretch.
  std::optional<LogItem> Oldest();
  // Takes it out: its record counts no longer.
  void RemoveOldest();
  // REQUIRES: Oldest(). The bytes of its stretch by the number of items in it.
  uint64_t OldestBytes() const { return stretches_.front().bytes_per_item; }

  // No record before this one counts.
  JournalPosition head() const { return stretches_.front().begin; }
  // From there to the end, and from the first record ever to there.
  uint64_t bytes() const { return bytes_; }
  uint64_t bytes_before() const { return bytes_before_; }

 private:
  struct Stretch {
    JournalPosition begin;
    uint64_t bytes = 0;
    uint64_t bytes_per_item = 0;  // Once it is closed.
    std::vector<LogItem> owners;  // The shard, queues and names: few.
    std::vector<MessageItem> messages;
    std::vector<DedupItem> dedups;
    size_t taken = 0;  // Of all three, in this order.

    size_t size() const { return owners.size() + messages.size() + dedups.size(); }
    LogItem next() const;
  };

  void PushOwner(const LogItem& item);
  // Whether a newer record of the item counts; then one fewer is left.
  bool TakeSuperseded(const LogItem& item);
  void Close(Stretch& stretch, JournalPosition end);

  const uint64_t stretch_bytes_;
  std::deque<Stretch> stretches_ = std::deque<Stretch>(1);
  uint64_t bytes_ = 0;
  uint64_t bytes_before_ = 0;
  absl::flat_hash_set<LogItem, HashOfLogItem> owners_;  // Those with a record in the log.
  // Items with several records in the log, and how many of those count no longer.
  absl::flat_hash_map<LogItem, int, HashOfLogItem> superseded_;
};

}  // namespace twinq

#endif  // TWINQ_BROKER_LOG_CONTENTS_H_
