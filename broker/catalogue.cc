#include "broker/catalogue.h"

#include <algorithm>

#include "absl/strings/match.h"

#include "core/base/check.h"
#include "core/queue/fifo_queue.h"
#include "core/queue/standard_queue.h"

namespace twinq {
namespace {

std::unique_ptr<Queue> NewQueue(QueueKind kind, QueueId id, MessageSlots& slots) {
  switch (kind) {
    case QueueKind::kStandard:
      return std::make_unique<StandardQueue>(id, slots);
    case QueueKind::kFifo:
      return std::make_unique<FifoQueue>(id, slots);
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

}  // namespace

QueueState* Catalogue::Find(QueueId id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &states_[found->second];
}

QueueState* Catalogue::FindByName(absl::string_view name) {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &states_[found->second];
}

QueueState& Catalogue::Add(const QueuePut& put) {
  uint32_t index = kNoIndex;
  if (free_.empty()) {
    index = states_.Grow();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  const bool is_new =
      by_id_.emplace(put.queue, index).second && by_name_.emplace(put.name.text(), index).second;
  TWINQ_CHECK(is_new);
  QueueState& state = states_[index];
  state.id = put.queue;
  state.name = put.name.text();
  state.kind = put.name.kind();
  state.attributes = put.attributes;
  state.created_at = put.created_at;
  state.queue = NewQueue(state.kind, put.queue, slots_);
  state.index = index;
  return state;
}

void Catalogue::Remove(QueueId id) {
  const auto found = by_id_.find(id);
  TWINQ_CHECK(found != by_id_.end());
  const uint32_t index = found->second;
  QueueState& state = states_[index];
  if (state.links.place != kNoIndex) deadlines_.Remove(index);
  by_name_.erase(state.name);
  by_id_.erase(found);
  state = QueueState();
  free_.push_back(index);
}

std::vector<std::string> Catalogue::Names(absl::string_view prefix, absl::string_view after,
                                          int names_max) const {
  std::vector<std::string> names;
  auto place = after < prefix ? by_name_.lower_bound(prefix) : by_name_.upper_bound(after);
  for (; place != by_name_.end() && absl::StartsWith(place->first, prefix) &&
         static_cast<int>(names.size()) < names_max;
       ++place) {
    names.push_back(place->first);
  }
  return names;
}

std::vector<QueueState*> Catalogue::ById() {
  std::vector<QueueState*> states;
  for (const auto& [id, index] : by_id_) states.push_back(&states_[index]);
  std::sort(states.begin(), states.end(),
            [](const QueueState* a, const QueueState* b) { return a->id < b->id; });
  return states;
}

void Catalogue::Arm(QueueState& state) {
  const Timestamp next = std::min(state.queue->NextDeadline(), state.waiters.NextDeadline());
  if (next == state.armed_for) return;
  if (state.links.place != kNoIndex) deadlines_.Remove(state.index);
  state.armed_for = next;
  if (next != Timestamp::Infinite()) deadlines_.Push(state.index);
}

}  // namespace twinq
