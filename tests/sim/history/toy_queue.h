#ifndef TWINQ_TESTS_SIM_HISTORY_TOY_QUEUE_H_
#define TWINQ_TESTS_SIM_HISTORY_TOY_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "core/model/message_id.h"
#include "core/model/queue_kind.h"
#include "core/model/sequence_number.h"
#include "sim/history/event.h"

namespace twinq::history {

// The simplest honest queue of either kind: one vector, scanned for everything. It shares nothing
// with the engine. It is what the judge must find no fault with.
class ToyQueue {
 public:
  struct Stored {
    MessageName message;
    std::string group;
    std::string dedup;  // Empty on a standard queue.
    MessageId id;
    SequenceNumber sequence;
    Timestamp stored_at;
    Timestamp hidden_until = Timestamp::Past();
    uint32_t count = 0;
    bool is_gone = false;
  };
  // What stands for a handle: the place of the message and its receive count.
  struct Handle {
    size_t place = 0;
    uint32_t count = 0;
  };

  ToyQueue(QueueKind kind, Random& random) : kind_(kind), random_(random) {}

  // The place of what was stored, or of the original of a duplicate.
  size_t Send(Timestamp now, const MessageName& message, const std::string& group,
              const std::string& dedup);
  std::vector<Handle> Receive(Timestamp now, size_t messages_max, absl::Duration visibility);
  Outcome Delete(Timestamp now, const Handle& handle);
  Outcome Change(Timestamp now, const Handle& handle, absl::Duration visibility);
  void Purge();
  // A crash: a standard queue forgets some of the receives that are running.
  void Crash();

  const Stored& at(size_t place) const { return stored_[place]; }
  uint64_t remaining() const;

 private:
  bool IsVisible(const Stored& stored, Timestamp now) const;
  std::optional<size_t> OriginalOf(Timestamp now, const std::string& dedup) const;
  bool IsAlive(Timestamp now, const Handle& handle) const;

  QueueKind kind_;
  Random& random_;
  std::vector<Stored> stored_;
  size_t first_ = 0;   // All before it are gone.
  size_t purged_ = 0;  // Deduplication has forgotten all before it.
};

}  // namespace twinq::history

#endif  // TWINQ_TESTS_SIM_HISTORY_TOY_QUEUE_H_
