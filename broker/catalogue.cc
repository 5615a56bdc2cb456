#include "broker/catalogue.h"

#include <algorithm>

#include "absl/strings/match.h"

#include "core/base/check.h"
#include "core/queue/fifo_queue.h"
#include "core/queue/standard_queue.h"

namespace twinq {
namespace {

std::unique_ptr<Queue> NewQueue(QueueId id, QueueKind kind, MessageSlots& slots,
                                const QueueOptions& options) {
  switch (kind) {
    case QueueKind::kStandard:
      return std::make_unique<StandardQueue>(id, slots, options);
    case QueueKind::kFifo:
      return std::make_unique<FifoQueue>(id, slots, options);
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

Timestamp NextDeadlineOf(const QueueState& state) {
  return std::min(state.queue->NextDeadline(), state.waiters.NextDeadline());
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

QueueState& Catalogue::Put(const QueuePut& put) {
  QueueState& state = FindOrAddNameless(put.queue, put.name.kind());
  if (state.name.empty()) Name(state, put.name);
  TWINQ_CHECK(state.name == put.name.text());
  state.settings = put.settings;
  state.dedup_scope = put.dedup_scope;
  state.created_at = put.created_at;
  state.modified_at = put.modified_at;
  state.purged_at = put.purged_at;
  Keep(state, put.kept);
  state.queue->Configure(put.settings);
  return state;
}

QueueState& Catalogue::FindOrAddNameless(QueueId id, QueueKind kind) {
  QueueState* existing = Find(id);
  return existing != nullptr ? *existing : Add(id, kind);
}

void Catalogue::Keep(QueueState& state, const KeptPointer& kept) {
  const std::string& before = DeadLetterQueueOf(state.kept);
  const std::string& after = DeadLetterQueueOf(kept);
  if (!before.empty()) dead_letter_sources_.erase({before, state.name});
  if (!after.empty()) dead_letter_sources_.emplace(after, state.name);
  state.kept = kept;
}

void Catalogue::Name(QueueState& state, const QueueName& name) {
  TWINQ_CHECK(state.kind == name.kind());
  state.name = name.text();
  const bool is_new = by_name_.emplace(state.name, state.index).second;
  TWINQ_CHECK(is_new);
}

QueueState& Catalogue::Add(QueueId id, QueueKind kind) {
  uint32_t index = kNoIndex;
  if (free_.empty()) {
    index = states_.Grow();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  by_id_.emplace(id, index);
  QueueState& state = states_[index];
  state.id = id;
  state.kind = kind;
  state.queue = NewQueue(id, kind, slots_, options_);
  state.index = index;
  return state;
}

void Catalogue::Remove(QueueId id) {
  const auto found = by_id_.find(id);
  TWINQ_CHECK(found != by_id_.end());
  const uint32_t index = found->second;
  QueueState& state = states_[index];
  if (state.links.place != kNoIndex) deadlines_.Remove(index);
  Keep(state, nullptr);
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

std::vector<QueueState*> Catalogue::ByName(absl::string_view after, int queues_max) {
  std::vector<QueueState*> states;
  for (auto place = by_name_.upper_bound(after);
       place != by_name_.end() && static_cast<int>(states.size()) < queues_max; ++place) {
    states.push_back(&states_[place->second]);
  }
  return states;
}

std::vector<std::string> Catalogue::DeadLetterSources(absl::string_view name,
                                                      absl::string_view after,
                                                      int names_max) const {
  std::vector<std::string> sources;
  auto place = dead_letter_sources_.upper_bound({std::string(name), std::string(after)});
  for (; place != dead_letter_sources_.end() && place->first == name &&
         static_cast<int>(sources.size()) < names_max;
       ++place) {
    sources.push_back(place->second);
  }
  return sources;
}

std::vector<QueueState*> Catalogue::ById() {
  std::vector<QueueState*> states;
  for (const auto& [id, index] : by_id_) states.push_back(&states_[index]);
  std::sort(states.begin(), states.end(),
            [](const QueueState* a, const QueueState* b) { return a->id < b->id; });
  return states;
}

void Catalogue::Arm(QueueState& state) {
  const Timestamp next = NextDeadlineOf(state);
  if (next < state.armed_for) ArmFor(state, next);
}

QueueState* Catalogue::NextDue() {
  while (!deadlines_.empty()) {
    QueueState& state = states_[deadlines_.front()];
    const Timestamp next = NextDeadlineOf(state);
    if (next == state.armed_for) return &state;
    ArmFor(state, next);
  }
  return nullptr;
}

void Catalogue::ArmFor(QueueState& state, Timestamp next) {
  if (state.links.place != kNoIndex) deadlines_.Remove(state.index);
  state.armed_for = next;
  if (next != Timestamp::Infinite()) deadlines_.Push(state.index);
}

}  // namespace twinq
