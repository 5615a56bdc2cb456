#ifndef TWINQ_TESTS_CRASH_CLIENTS_HOLDS_H_
#define TWINQ_TESTS_CRASH_CLIENTS_HOLDS_H_

#include <map>
#include <utility>
#include <vector>

#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/model/message_id.h"
#include "sim/history/event.h"
#include "sim/history/outages.h"
#include "tests/crash/clients/handling_record.h"

namespace twinq::crash {

// What one consumer asked about one message: its receives, extensions and deletes of it, in the
// order of asking.
struct HoldCall {
  enum class Kind : uint8_t { kReceive, kExtend, kRelease, kDelete };

  Kind kind = Kind::kReceive;
  HandleDigest handle = 0;
  Timestamp asked_at = {};
  Timestamp ended_at = Timestamp::Infinite();
  history::Outcome outcome = history::Outcome::kUnknown;  // For this message.
  absl::Duration visibility = absl::ZeroDuration();
};
struct Hold {
  history::MessageName message = {};
  std::vector<HoldCall> calls;
};

// Who had which message, and what was done to keep it.
//
// Cost: O(n log n) to make, for n calls.
class Holds {
 public:
  explicit Holds(const HandlingRecord& record);

  // By the consumer's place in the record, and the message.
  using Key = std::pair<size_t, MessageId>;
  const std::map<Key, Hold>& all() const { return holds_; }
  // Without calls if the consumer never had the message.
  const Hold& Of(size_t consumer, const MessageId& id) const;

  // Whether a server that keeps its promises may have given the message to others by `at`, though
  // the consumer was there and had not given it back: the visibility that it was last told of had
  // provably ended, and either it had tried in vain to prolong it up to that end, as far as it
  // could know of that, or it was refused because the end had come before: an answer may be late.
  // On a standard queue also if the server crashed after it gave the message out, which that may
  // have made it forget.
  bool MayHaveRunOut(size_t consumer, const MessageId& id, Timestamp at) const;

  // When the visibility that the consumer has by this handle ends, at the earliest that it can, as
  // far as it was told before `at`; Past: it was told nothing.
  static Timestamp HeldUntil(const Hold& hold, HandleDigest handle, Timestamp at);

 private:
  void Add(size_t consumer, const ClientLog& log);

  const client::QueueKind kind_;
  const history::Outages outages_;
  std::map<Key, Hold> holds_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_HOLDS_H_
