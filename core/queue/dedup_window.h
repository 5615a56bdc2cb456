#ifndef TWINQ_CORE_QUEUE_DEDUP_WINDOW_H_
#define TWINQ_CORE_QUEUE_DEDUP_WINDOW_H_

#include <cstddef>
#include <cstdint>
#include <deque>

#include "absl/container/flat_hash_map.h"

#include "core/base/timestamp.h"
#include "core/model/dedup_key.h"
#include "core/model/message_id.h"
#include "core/model/sequence_number.h"

namespace twinq {

// The deduplication memory of a FIFO queue: which ids were accepted in the last five minutes, and
// the answer that a duplicate repeats (SQS semantics 4.6). The window runs from the first accepted
// send and is not extended by duplicates. Whatever becomes of the message, its entry stays.
//
// Cost: O(1) a call; about 72 bytes an entry.
class DedupWindow {
 public:
  struct Entry {
    DedupKey key;
    Timestamp first_sent_at;
    MessageId id;
    SequenceNumber sequence;
  };

  // The entry of `key` if its window is open at `now`, else null.
  const Entry* Find(const DedupKey& key, Timestamp now) const;
  // Remembers an accepted send. Replaces an entry whose window is over. REQUIRES: sends come in the
  // order of time.
  void Put(const Entry& entry);

  // When the oldest entry can be forgotten, or Timestamp::Infinite().
  Timestamp NextDeadline() const;
  // Forgets entries whose window is over at `now`, at most `budget`. Returns how many.
  int Forget(Timestamp now, int budget);
  const std::deque<Entry>& entries() const { return entries_; }  // Oldest first.

 private:
  std::deque<Entry> entries_;
  uint64_t forgotten_ = 0;  // How many entries have left the front of `entries_`.
  absl::flat_hash_map<DedupKey, uint64_t>
      numbers_;  // Number of its newest entry, from the first ever.
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_DEDUP_WINDOW_H_
