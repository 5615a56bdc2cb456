#ifndef TWINQ_CORE_QUEUE_DEDUP_WINDOW_H_
#define TWINQ_CORE_QUEUE_DEDUP_WINDOW_H_

#include <cstddef>
#include <cstdint>
#include <deque>

#include "absl/hash/hash.h"

#include "core/base/timestamp.h"
#include "core/model/dedup_key.h"
#include "core/model/message_id.h"
#include "core/model/sequence_number.h"
#include "core/queue/hash_index.h"

namespace twinq {

// The deduplication memory of a FIFO queue: which ids were accepted in the last five minutes, and
// the answer that a duplicate repeats (SQS semantics 4.6). The window runs from the first accepted
// send and is not extended by duplicates. Whatever becomes of the message, its entry stays.
//
// Cost: O(1) a call, also while it grows; about kEntryBytes an entry.
class DedupWindow {
 public:
  // About so much memory an entry takes, with what finds it.
  static constexpr size_t kEntryBytes = 64;

  struct Entry {
    DedupKey key;
    Timestamp first_sent_at;
    MessageId id;
    SequenceNumber sequence;
  };

  // Begins to load where `key` is found.
  void Prefetch(const DedupKey& key) const { newest_.Prefetch(HashOf(key)); }
  // The entry of `key` if its window is open at `now`, else null.
  const Entry* Find(const DedupKey& key, Timestamp now) const;
  // What is remembered of the send of this message, else null. Cost: O(log entries).
  const Entry* FindSent(SequenceNumber sequence) const;
  // Whether no send that is remembered has a smaller number and was later, or a greater one and was
  // earlier. Cost: O(1) for a number greater than all, else O(log entries).
  bool IsInOrder(SequenceNumber sequence, Timestamp sent_at) const;
  // Remembers an accepted send. Replaces an entry whose window is over. REQUIRES: sends come in the
  // order of time.
  void Put(const Entry& entry);

  // When the oldest entry can be forgotten, or Timestamp::Infinite().
  Timestamp NextDeadline() const { return next_deadline_; }
  // Forgets entries whose window is over at `now`, at most `budget`. Returns how many.
  int Forget(Timestamp now, int budget);
  // Whether it has so much memory that it should end piece by piece.
  bool is_big() const { return newest_.is_big(); }
  // Begins the end of the window, which finds nothing any longer: frees at most about `budget`
  // entries, then what found them. Returns how many, or what takes as long; none: all is freed.
  int FreeSome(int budget);
  const std::deque<Entry>& entries() const { return entries_; }  // Oldest first.

 private:
  static uint32_t HashOf(const DedupKey& key) { return HashIndex::Fold(absl::HashOf(key)); }
  // Entries are numbered from the first ever, as far as HashIndex goes.
  static uint32_t NumberOf(uint64_t place) {
    return static_cast<uint32_t>(place % HashIndex::kNone);
  }
  const Entry& EntryOf(uint32_t number) const {
    return entries_[NumberOf(uint64_t{number} + HashIndex::kNone - NumberOf(forgotten_))];
  }
  uint32_t Find(const DedupKey& key) const;
  // The first entry of this number or a greater one.
  std::deque<Entry>::const_iterator LowerBound(SequenceNumber sequence) const;
  void UpdateNextDeadline();

  std::deque<Entry> entries_;
  uint64_t forgotten_ = 0;  // How many entries have left the front of `entries_`.
  HashIndex newest_;        // The newest entry of each key.
  Timestamp next_deadline_ = Timestamp::Infinite();
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_DEDUP_WINDOW_H_
