#include "sim/history/evidence.h"

#include <algorithm>
#include <cstddef>
#include <functional>

#include "absl/container/flat_hash_map.h"

#include "core/model/limits.h"
#include "sim/history/holds.h"

namespace twinq::history {
namespace {

struct MessageIdHash {
  size_t operator()(const MessageId& id) const {
    // The ids of versions 4 are random in all that is not fixed.
    return std::hash<uint64_t>()(id.high() ^ (id.low() * 0x9e3779b97f4a7c15));
  }
};

// Gives each key the next number when it first comes.
template <typename Map, typename Key>
uint32_t NumberOf(Map& numbers, const Key& key) {
  return numbers.try_emplace(key, static_cast<uint32_t>(numbers.size())).first->second;
}

template <typename Event>
std::vector<uint32_t> StoredOf(const std::vector<Event>& events,
                               const absl::flat_hash_map<uint64_t, StoredNumber>& by_handle) {
  std::vector<uint32_t> stored;
  stored.reserve(events.size());
  for (const Event& event : events) {
    stored.push_back(by_handle.at(static_cast<uint64_t>(event.handle)));
  }
  return stored;
}

}  // namespace

Evidence::Evidence(const History& judged, const Promises& held_to)
    : history(judged), promises(held_to), outages(judged.incidents), purges(judged.purges) {
  NumberMessages();
  SortByHandle();
  for (StoredNumber number = 0; number < stored.size(); ++number) JudgeStoring(number);
  held_until.resize(history.deliveries.size());
  for (StoredNumber number = 0; number < stored.size(); ++number) {
    FindHolds(*this, number, held_until);
  }
}

void Evidence::NumberMessages() {
  absl::flat_hash_map<MessageName, uint32_t> logical_numbers;
  absl::flat_hash_map<MessageId, StoredNumber, MessageIdHash> stored_numbers;
  std::vector<uint32_t> logical_of_send;
  std::vector<uint32_t> stored_of_send;
  for (const Send& send : history.sends) {
    logical_of_send.push_back(NumberOf(logical_numbers, send.message));
    const bool is_done = send.outcome == Outcome::kDone;
    stored_of_send.push_back(is_done ? NumberOf(stored_numbers, send.id) : Grouping::kNoKey);
  }
  for (const Delivery& delivery : history.deliveries) {
    logical_of_delivery_.push_back(NumberOf(logical_numbers, delivery.message));
    stored_of_delivery.push_back(NumberOf(stored_numbers, delivery.id));
  }
  logicals_ = logical_numbers.size();
  stored.resize(stored_numbers.size());
  attempts_ = Grouping(logical_of_send, logicals_);
  acks_ = Grouping(stored_of_send, stored.size());
  deliveries_ = Grouping(stored_of_delivery, stored.size());
  std::vector<uint32_t> logical_of_stored;
  for (StoredNumber number = 0; number < stored.size(); ++number) {
    const bool is_delivered = !deliveries(number).empty();
    stored[number].logical = is_delivered ? logical_of_delivery_[deliveries(number).front()]
                                          : logical_of_send[acknowledgements(number).front()];
    logical_of_stored.push_back(stored[number].logical);
  }
  copies_ = Grouping(logical_of_stored, logicals_);
}

void Evidence::SortByHandle() {
  absl::flat_hash_map<uint64_t, StoredNumber> by_handle;
  if (!history.deletes.empty() || !history.changes.empty()) {
    by_handle.reserve(history.deliveries.size());
    for (size_t i = 0; i < history.deliveries.size(); ++i) {
      by_handle.emplace(static_cast<uint64_t>(history.deliveries[i].handle), stored_of_delivery[i]);
    }
  }
  deletes_ = Grouping(StoredOf(history.deletes, by_handle), stored.size());
  changes_ = Grouping(StoredOf(history.changes, by_handle), stored.size());
}

void Evidence::JudgeStoring(StoredNumber number) {
  Stored& message = stored[number];
  for (const uint32_t i : acknowledgements(number)) {
    const Send& send = history.sends[i];
    message.id = send.id;
    message.stored_by = std::min(message.stored_by, send.call.answered_at);
    if (message.sequence == 0) message.sequence = send.sequence.value();
  }
  for (const uint32_t i : deliveries(number)) {
    const Delivery& delivery = history.deliveries[i];
    message.id = delivery.id;
    message.stored_by = std::min(message.stored_by, delivery.call.answered_at);
    if (message.sequence == 0) message.sequence = delivery.sequence.value();
  }
  for (const uint32_t i : deletes(number)) {
    const Delete& deleted = history.deletes[i];
    if (deleted.outcome == Outcome::kRefused) continue;
    message.undeleted_until = std::min(message.undeleted_until, deleted.call.asked_at);
    message.deleted_by = std::min(message.deleted_by, deleted.call.answered_at);
  }
  const Timestamp from = StoredFrom(number);
  if (from <= message.stored_by) message.stored_from = from;

  if (!MayBeStored(message.logical)) return;
  absl::Span<const uint32_t> tries = attempts(message.logical);
  message.group = history.sends[tries.front()].group;
  const auto is_of_another_group = [&](uint32_t send) {
    return history.sends[send].group != message.group;
  };
  // A duplicate's own group says nothing about the message that it is a duplicate of.
  const bool is_delivered = !deliveries(number).empty();
  if (!is_delivered) tries = acknowledgements(number);
  if (std::any_of(tries.begin(), tries.end(), is_of_another_group)) message.group = NameId::kNone;
}

Timestamp Evidence::StoredFrom(StoredNumber number) const {
  Timestamp from = FirstAttempt(number);
  if (promises.kind != QueueKind::kFifo) return from;
  // An answer with this id was either the one that stored it or came within its window.
  for (const uint32_t i : acknowledgements(number)) {
    const absl::Duration window = kDedupWindow + promises.clock_error;
    from = std::max(from, history.sends[i].call.asked_at + -window);
  }
  return from;
}

Timestamp Evidence::FirstAttempt(StoredNumber number) const {
  Timestamp first = Timestamp::Infinite();
  for (const uint32_t i : acknowledgements(number)) {
    first = std::min(first, history.sends[i].call.asked_at);
  }
  for (const uint32_t i : attempts(stored[number].logical)) {
    if (history.sends[i].outcome != Outcome::kUnknown) continue;
    first = std::min(first, history.sends[i].call.asked_at);
  }
  if (first != Timestamp::Infinite()) return first;
  for (const uint32_t i : attempts(stored[number].logical)) {
    if (history.sends[i].outcome == Outcome::kRefused) continue;
    first = std::min(first, history.sends[i].call.asked_at);
  }
  return first;
}

bool Evidence::MayBeStored(uint32_t logical) const {
  const auto tries = attempts(logical);
  return std::any_of(tries.begin(), tries.end(), [&](uint32_t send) {
    return history.sends[send].outcome != Outcome::kRefused;
  });
}

Timestamp Evidence::ReceiveForgottenFrom(Timestamp time) const {
  if (promises.kind == QueueKind::kFifo ||
      promises.standard_receives == Promises::StandardReceives::kDurable) {
    return Timestamp::Infinite();
  }
  return outages.ForgottenFrom(time);
}

bool Evidence::IsUndead(uint32_t delivery) const {
  const Stored& message = stored[stored_of_delivery[delivery]];
  const Timestamp asked_at = history.deliveries[delivery].call.asked_at;
  return message.deleted_by < asked_at || purges.DoneAfter(message.stored_by) < asked_at;
}

}  // namespace twinq::history
