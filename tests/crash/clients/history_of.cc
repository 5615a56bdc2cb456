#include "tests/crash/clients/history_of.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace twinq::crash {
namespace {

using Handles = absl::flat_hash_map<HandleDigest, history::HandleNumber>;

void RecordReceive(history::ClientNumber client, const LoggedCall& call,
                   history::Recorder& recorder, Handles& handles) {
  const history::CallTimes times = {.asked_at = call.asked_at, .answered_at = call.ended_at};
  if (call.deliveries.empty()) return recorder.ReceivedNothing(client, times, call.outcome);
  std::vector<history::ReceivedMessage> messages;
  for (const LoggedDelivery& delivery : call.deliveries) {
    messages.push_back({.message = delivery.message,
                        .id = delivery.id,
                        .sequence = delivery.sequence,
                        .receive_count = delivery.receive_count});
  }
  const history::HandleNumber first = recorder.Received(client, times, call.visibility, messages);
  for (size_t i = 0; i < messages.size(); ++i) {
    handles[call.deliveries[i].handle] = history::NthHandle(first, i);
  }
}

void RecordEntry(history::ClientNumber client, const LoggedCall& call, size_t entry,
                 history::Recorder& recorder, const Handles& handles) {
  const auto handle = handles.find(call.handles[entry]);
  if (handle == handles.end()) return;  // It was received in another life of the queue.
  const history::CallTimes times = {.asked_at = call.asked_at, .answered_at = call.ended_at};
  if (call.kind == LoggedCall::Kind::kDelete) {
    return recorder.Deleted(client, times, handle->second, call.entries[entry]);
  }
  using Purpose = history::VisibilityChange::Purpose;
  recorder.Changed(
      client, times,
      {.handle = handle->second,
       .visibility = call.visibility,
       .purpose = call.visibility > absl::ZeroDuration() ? Purpose::kExtend : Purpose::kRelease,
       .outcome = call.entries[entry]});
}

history::Recorder RecorderOf(const ConsumerLife& life) {
  history::Recorder recorder(life.client);
  Handles handles;
  for (const LoggedCall& call : life.log.calls) {
    if (call.kind == LoggedCall::Kind::kReceive) {
      RecordReceive(life.client, call, recorder, handles);
    }
  }
  for (const LoggedCall& call : life.log.calls) {
    for (size_t i = 0; i < call.handles.size(); ++i) {
      RecordEntry(life.client, call, i, recorder, handles);
    }
  }
  if (life.killed_at != Timestamp::Infinite()) {
    recorder.Happened({.at = life.killed_at,
                       .kind = history::Incident::Kind::kClientCrashed,
                       .client = life.client});
  }
  return recorder;
}

}  // namespace

history::History HistoryOf(const HandlingRecord& record, history::Recorder source, Timestamp end) {
  std::vector<history::Recorder> recorders;
  for (const history::Incident& incident : record.incidents) source.Happened(incident);
  recorders.push_back(std::move(source));
  for (const ConsumerLife& life : record.consumers) recorders.push_back(RecorderOf(life));
  return history::Merge(std::move(recorders), {.at = end, .remaining = 0});
}

}  // namespace twinq::crash
