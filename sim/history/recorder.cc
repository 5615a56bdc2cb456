#include "sim/history/recorder.h"

#include <string>

#include "core/base/check.h"
#include "core/model/group_id.h"

namespace twinq::history {
namespace {

constexpr int kHandleBits = 32;

Call CallFor(Call call, Outcome outcome) {
  if (outcome == Outcome::kUnknown) call.answered_at = Timestamp::Infinite();
  return call;
}

// Where the names of one recorder are in the merged table.
NameId Moved(NameId name, const std::vector<NameId>& moved) {
  if (name == NameId::kNone || name == NameId::kOwn) return name;
  return moved[static_cast<size_t>(name)];
}

}  // namespace

Recorder::Recorder(uint32_t number) : next_handle_((uint64_t{number} << kHandleBits) + 1) {}

NameId Recorder::Name(absl::string_view text) {
  TWINQ_CHECK(HasGroupIdSyntax(text));
  return names_.Number(text);
}

void Recorder::Sent(ClientNumber client, const CallTimes& times,
                    absl::Span<const SentMessage> entries) {
  const Call call = NewCall(client, times);
  for (const SentMessage& entry : entries) {
    sends_.Add({.call = CallFor(call, entry.outcome),
                .message = entry.message,
                .group = entry.group,
                .dedup = entry.dedup,
                .outcome = entry.outcome,
                .id = entry.id,
                .sequence = entry.sequence});
  }
}

HandleNumber Recorder::Received(ClientNumber client, const CallTimes& times,
                                absl::Duration visibility,
                                absl::Span<const ReceivedMessage> messages) {
  TWINQ_CHECK(!messages.empty());
  const Call call = NewCall(client, times);
  const auto first = static_cast<HandleNumber>(next_handle_);
  for (const ReceivedMessage& message : messages) {
    deliveries_.Add({.call = call,
                     .message = message.message,
                     .id = message.id,
                     .sequence = message.sequence,
                     .receive_count = message.receive_count,
                     .handle = static_cast<HandleNumber>(next_handle_++),
                     .visibility = visibility});
  }
  return first;
}

void Recorder::ReceivedNothing(ClientNumber client, const CallTimes& times, Outcome outcome) {
  empty_receives_.Add({.call = CallFor(NewCall(client, times), outcome), .outcome = outcome});
}

void Recorder::Deleted(ClientNumber client, const CallTimes& times, HandleNumber handle,
                       Outcome outcome) {
  deletes_.Add(
      {.call = CallFor(NewCall(client, times), outcome), .handle = handle, .outcome = outcome});
}

void Recorder::Changed(ClientNumber client, const CallTimes& times,
                       const VisibilityChange& change) {
  VisibilityChange recorded = change;
  recorded.call = CallFor(NewCall(client, times), change.outcome);
  changes_.Add(recorded);
}

void Recorder::Purged(ClientNumber client, const CallTimes& times, Outcome outcome) {
  purges_.Add({.call = CallFor(NewCall(client, times), outcome), .outcome = outcome});
}

void Recorder::Happened(const Incident& incident) { incidents_.Add(incident); }

Call Recorder::NewCall(ClientNumber client, const CallTimes& times) {
  return {.asked_at = times.asked_at,
          .answered_at = times.answered_at,
          .client = client,
          .number = ++calls_};
}

HandleNumber NthHandle(HandleNumber first, size_t n) {
  return static_cast<HandleNumber>(static_cast<uint64_t>(first) + n);
}

History Merge(std::vector<Recorder> recorders, const End& end) {
  History history;
  history.end = end;
  NameTable names;
  for (Recorder& recorder : recorders) {
    std::vector<NameId> moved = {NameId::kNone};
    for (const std::string& text : recorder.names_.texts()) moved.push_back(names.Number(text));
    const size_t first = history.sends.size();
    recorder.sends_.MoveTo(history.sends);
    for (size_t i = first; i < history.sends.size(); ++i) {
      Send& send = history.sends[i];
      send.group = Moved(send.group, moved);
      send.dedup = Moved(send.dedup, moved);
    }
    recorder.deliveries_.MoveTo(history.deliveries);
    recorder.empty_receives_.MoveTo(history.empty_receives);
    recorder.deletes_.MoveTo(history.deletes);
    recorder.changes_.MoveTo(history.changes);
    recorder.purges_.MoveTo(history.purges);
    recorder.incidents_.MoveTo(history.incidents);
  }
  history.names = names.texts();
  SortByTime(history);
  return history;
}

}  // namespace twinq::history
