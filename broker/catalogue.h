#ifndef TWINQ_BROKER_CATALOGUE_H_
#define TWINQ_BROKER_CATALOGUE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "broker/memory_accounts.h"
#include "broker/record.h"
#include "core/model/queue_id.h"
#include "core/queue/message_slots.h"
#include "core/queue/queue.h"
#include "core/queue/queue_options.h"
#include "core/queue/receive_waiters.h"
#include "core/queue/run_queue.h"

namespace twinq {

// A queue with everything that belongs to it.
struct QueueState {
  QueueId id;
  std::string name;  // Empty only during a replay.
  QueueKind kind = QueueKind::kStandard;
  QueueSettings settings;
  DedupScope dedup_scope = DedupScope::kQueue;
  Timestamp created_at;
  Timestamp modified_at;
  Timestamp purged_at = Timestamp::Past();
  KeptPointer kept;
  std::unique_ptr<Queue> queue;
  ReceiveWaiters waiters;
  // Deadlines are due that a command's share did not reach: receives wait for Broker::Advance().
  bool is_late = false;
  // All that fell due until then is done. What an attribute, once changed, says of the time before
  // happens when it was changed.
  Timestamp caught_up_at = Timestamp::Past();

  // What copies of all that it holds take in the log, and what it has in memory, as the broker has
  // last noted them for its own sums.
  uint64_t log_bytes = 0;
  MemoryCounts memory = {};

  Timestamp armed_for = Timestamp::Infinite();  // Its key in the catalogue's deadlines.
  RunLinks links;
  uint32_t index = kNoIndex;
};

// The queues of a shard by id, by name and by next deadline.
//
// Lifetime: borrows the slots. A QueueState stays where it is until Remove().
// Cost: Find O(1), names O(log queues).
class Catalogue {
 public:
  Catalogue(MessageSlots& slots, const QueueOptions& options)
      : slots_(slots), options_(options), deadlines_(ByArmed{&states_}) {}
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  // Null if there is no such queue.
  QueueState* Find(QueueId id);
  QueueState* FindByName(absl::string_view name);
  // Adds the queue, or gives the one of this id its new settings, and a name if it has none.
  // REQUIRES: id and name are both in use, for the same queue, or neither is.
  QueueState& Put(const QueuePut& put);
  // The queue of this id; if there is none, one without name and settings is added, for a log that
  // holds its messages before the copy of its QueuePut.
  QueueState& FindOrAddNameless(QueueId id, QueueKind kind);
  // REQUIRES: the queue exists and was purged.
  void Remove(QueueId id);

  // Up to `names_max` names that begin with `prefix`, in byte order, behind `after`.
  std::vector<std::string> Names(absl::string_view prefix, absl::string_view after,
                                 int names_max) const;
  // Up to `queues_max` queues in byte order of their names, behind `after`.
  std::vector<QueueState*> ByName(absl::string_view after, int queues_max);
  // The same of the queues whose redrive policies name the queue of this name.
  std::vector<std::string> DeadLetterSources(absl::string_view name, absl::string_view after,
                                             int names_max) const;
  std::vector<QueueState*> ById();
  size_t size() const { return by_id_.size(); }

  // Takes note that the next deadline of the queue, of a message or a waiter, may have changed. One
  // that is later now is put in its place by NextDue() only: most commands move it a little.
  void Arm(QueueState& state);
  // The queue whose deadline is next, or null; `armed_for` is that deadline.
  QueueState* NextDue();

 private:
  struct ByArmed {
    struct Key {
      Timestamp armed_for;
      QueueId id;
      friend auto operator<=>(const Key&, const Key&) = default;
    };
    Key key(uint32_t index) const { return {(*states)[index].armed_for, (*states)[index].id}; }
    RunLinks& links(uint32_t index) { return (*states)[index].links; }
    Slab<QueueState>* states;
  };

  QueueState& Add(QueueId id, QueueKind kind);
  void Name(QueueState& state, const QueueName& name);
  void Keep(QueueState& state, const KeptPointer& kept);
  void ArmFor(QueueState& state, Timestamp next);

  MessageSlots& slots_;
  const QueueOptions options_;
  Slab<QueueState> states_;
  std::vector<uint32_t> free_;
  absl::flat_hash_map<QueueId, uint32_t> by_id_;
  absl::btree_map<std::string, uint32_t> by_name_;
  // By the names of the dead-letter queues, those that name them; a dead-letter queue may be gone.
  absl::btree_set<std::pair<std::string, std::string>> dead_letter_sources_;
  RunQueue<ByArmed> deadlines_;
};

}  // namespace twinq

#endif  // TWINQ_BROKER_CATALOGUE_H_
