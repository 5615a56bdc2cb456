#ifndef TWINQ_SIM_HISTORY_EVIDENCE_H_
#define TWINQ_SIM_HISTORY_EVIDENCE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

#include "core/base/timestamp.h"
#include "core/model/message_id.h"
#include "sim/history/event.h"
#include "sim/history/grouping.h"
#include "sim/history/history.h"
#include "sim/history/outages.h"
#include "sim/history/promises.h"
#include "sim/history/purges.h"
#include "sim/history/violations.h"

namespace twinq::history {

// What is known of one stored message: an id that was acknowledged or delivered.
struct Stored {
  MessageId id;
  uint32_t logical = 0;          // The logical message in it.
  NameId group = NameId::kNone;  // kNone also if two are possible.
  uint64_t sequence = 0;         // 0: never told.
  // It was stored at some time in [stored_from, stored_by]; from Past() if its sends and deliveries
  // contradict each other, so that one fault is not found under many names.
  Timestamp stored_from = Timestamp::Past();
  Timestamp stored_by = Timestamp::Infinite();
  // The first acknowledgement of a delete: from then on it is gone.
  Timestamp deleted_by = Timestamp::Infinite();
  // The first delete, not refused, was asked: before that, none can have been carried out.
  Timestamp undeleted_until = Timestamp::Infinite();
};

// A valid history, sorted by message. Numbers are indices: a send is one into history.sends, a
// stored message one into `stored`, and so on.
//
// Lifetime: borrows the history, which must outlive it.
// Cost: O(n) time; some 60 bytes for each event.
class Evidence {
 public:
  Evidence(const History& history, const Promises& promises);

  const History& history;
  const Promises promises;
  const Outages outages;
  const Purges purges;

  std::vector<Stored> stored;
  // By delivery: the stored message, and until when, at least, its consumer holds it: it provably
  // holds it from the receipt of the answer until the earlier of sending its delete and the
  // receive's request time + visibility. Not before the request.
  std::vector<StoredNumber> stored_of_delivery;
  std::vector<Timestamp> held_until;

  size_t logicals() const { return logicals_; }
  // By logical message.
  absl::Span<const uint32_t> attempts(uint32_t logical) const { return attempts_.of(logical); }
  absl::Span<const uint32_t> copies(uint32_t logical) const { return copies_.of(logical); }
  // By stored message. Acknowledgements are sends.
  absl::Span<const uint32_t> acknowledgements(StoredNumber s) const { return acks_.of(s); }
  absl::Span<const uint32_t> deliveries(StoredNumber s) const { return deliveries_.of(s); }
  absl::Span<const uint32_t> deletes(StoredNumber s) const { return deletes_.of(s); }
  absl::Span<const uint32_t> changes(StoredNumber s) const { return changes_.of(s); }

  // When the first attempt was asked that can have stored it; Infinite if there is none.
  Timestamp FirstAttempt(StoredNumber number) const;
  // Whether some attempt to send the message was not refused.
  bool MayBeStored(uint32_t logical) const;
  // From when on what the server did at `time` may be forgotten by a crash.
  Timestamp ReceiveForgottenFrom(Timestamp time) const;
  // Whether the delivery was asked when the message was provably gone.
  bool IsUndead(uint32_t delivery) const;

 private:
  void NumberMessages();
  void SortByHandle();
  void JudgeStoring(StoredNumber number);
  Timestamp StoredFrom(StoredNumber number) const;

  size_t logicals_ = 0;
  std::vector<uint32_t> logical_of_delivery_;
  Grouping attempts_;
  Grouping copies_;
  Grouping acks_;
  Grouping deliveries_;
  Grouping deletes_;
  Grouping changes_;
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_EVIDENCE_H_
