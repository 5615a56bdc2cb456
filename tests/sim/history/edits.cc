#include "tests/sim/history/edits.h"

#include <algorithm>
#include <map>
#include <set>

namespace twinq::history {

std::vector<Simple> Editor::AllSimple() const {
  std::map<MessageName, std::vector<size_t>> sends;
  std::map<MessageId, std::vector<size_t>> deliveries;
  std::map<HandleNumber, std::vector<size_t>> deletes;
  std::set<HandleNumber> changed;
  for (size_t i = 0; i < history_.sends.size(); ++i) {
    sends[history_.sends[i].message].push_back(i);
  }
  for (size_t i = 0; i < history_.deliveries.size(); ++i) {
    deliveries[history_.deliveries[i].id].push_back(i);
  }
  for (size_t i = 0; i < history_.deletes.size(); ++i) {
    deletes[history_.deletes[i].handle].push_back(i);
  }
  for (const VisibilityChange& change : history_.changes) changed.insert(change.handle);
  std::vector<Simple> simple;
  for (size_t i = 0; i < history_.sends.size(); ++i) {
    const Send& send = history_.sends[i];
    if (send.outcome != Outcome::kDone || sends[send.message].size() != 1) continue;
    if (deliveries[send.id].size() != 1) continue;
    const size_t delivery = deliveries[send.id].front();
    if (history_.deliveries[delivery].receive_count != 1) continue;
    const HandleNumber handle = history_.deliveries[delivery].handle;
    if (deletes[handle].size() != 1 || changed.contains(handle)) continue;
    const size_t deletion = deletes[handle].front();
    if (history_.deletes[deletion].outcome != Outcome::kDone) continue;
    simple.push_back({.send = i, .delivery = delivery, .deletion = deletion});
  }
  return simple;
}

std::optional<Simple> Editor::Pick(const std::function<bool(const Simple&)>& fits) {
  std::vector<Simple> fitting;
  for (const Simple& message : AllSimple()) {
    if (fits(message)) fitting.push_back(message);
  }
  if (fitting.empty()) return std::nullopt;
  return fitting[random_.Below(fitting.size())];
}

std::optional<Simple> Editor::Pick() {
  return Pick([](const Simple&) { return true; });
}

bool Editor::IsLastOfGroup(const Simple& message) const {
  const Send& last = history_.sends[message.send];
  if (last.group == NameId::kNone) return true;
  return std::none_of(history_.sends.begin(), history_.sends.end(), [&](const Send& send) {
    return send.group == last.group &&
           (send.outcome == Outcome::kUnknown || send.sequence > last.sequence);
  });
}

std::optional<Simple> Editor::NextOfGroup(const Simple& message) const {
  const Send& send = history_.sends[message.send];
  const Send* next = nullptr;
  for (const Send& other : history_.sends) {
    if (other.group != send.group || other.sequence <= send.sequence) continue;
    if (next == nullptr || other.sequence < next->sequence) next = &other;
  }
  if (next == nullptr) return std::nullopt;
  for (const Simple& simple : AllSimple()) {
    if (&history_.sends[simple.send] == next) return simple;
  }
  return std::nullopt;
}

void Editor::RemoveDeliveries(const MessageId& id) {
  for (const Delivery& delivery : history_.deliveries) {
    if (delivery.id != id) continue;
    RemoveDeletes(delivery.handle);
    std::erase_if(history_.changes,
                  [&](const VisibilityChange& change) { return change.handle == delivery.handle; });
  }
  std::erase_if(history_.deliveries, [&](const Delivery& delivery) { return delivery.id == id; });
}

void Editor::RemoveDeletes(HandleNumber handle) {
  std::erase_if(history_.deletes,
                [&](const Delete& deletion) { return deletion.handle == handle; });
}

Delivery& Editor::DeliverAgain(const Delivery& delivery, Timestamp asked_at,
                               Timestamp answered_at) {
  Delivery again = delivery;
  again.call = {.asked_at = asked_at,
                .answered_at = answered_at,
                .client = delivery.call.client + 100,
                .number = 1'000'000};
  again.handle = NewHandle();
  ++again.receive_count;
  return history_.deliveries.emplace_back(again);
}

void Editor::AddDelete(const Delivery& delivery) {
  const Timestamp answered_at = delivery.call.answered_at;
  history_.deletes.push_back({.call = {.asked_at = answered_at + absl::Microseconds(500),
                                       .answered_at = answered_at + absl::Milliseconds(1),
                                       .client = delivery.call.client,
                                       .number = 1'000'001},
                              .handle = delivery.handle,
                              .outcome = Outcome::kDone});
}

MessageId Editor::NewId() { return MessageId::FromRandomBits(random_.Next(), random_.Next()); }

SequenceNumber Editor::NewSequence() const {
  SequenceNumber highest;
  for (const Send& send : history_.sends) highest = std::max(highest, send.sequence);
  for (const Delivery& one : history_.deliveries) highest = std::max(highest, one.sequence);
  return highest == SequenceNumber() ? highest : highest.Next();
}

Timestamp Editor::AfterAll() {
  const Timestamp time = history_.end.at + absl::Seconds(1);
  history_.end.at = time + absl::Seconds(10);
  return time;
}

HandleNumber Editor::NewHandle() {
  uint64_t highest = 0;
  for (const Delivery& one : history_.deliveries) {
    highest = std::max(highest, static_cast<uint64_t>(one.handle));
  }
  return static_cast<HandleNumber>(highest + 1);
}

}  // namespace twinq::history
