#include "tests/crash/clients/holds.h"

#include <algorithm>
#include <cstddef>

#include "absl/container/flat_hash_map.h"

namespace twinq::crash {
namespace {

using history::Outcome;

// A consumer that wants to keep a message, and whose calls fail at once, makes them more often
// than this.
constexpr absl::Duration kTriesApartMax = absl::Milliseconds(700);

HoldCall::Kind KindOf(const LoggedCall& call) {
  switch (call.kind) {
    case LoggedCall::Kind::kReceive:
      return HoldCall::Kind::kReceive;
    case LoggedCall::Kind::kDelete:
      return HoldCall::Kind::kDelete;
    case LoggedCall::Kind::kChange:
      break;
  }
  return call.visibility > absl::ZeroDuration() ? HoldCall::Kind::kExtend
                                                : HoldCall::Kind::kRelease;
}

// Whether the consumer has the message, for some time, by this call.
bool Prolongs(const HoldCall& call) {
  return call.outcome == Outcome::kDone &&
         (call.kind == HoldCall::Kind::kReceive || call.kind == HoldCall::Kind::kExtend);
}

// Whether it wanted to keep others from getting the message, and was not told that it does.
bool IsVainTry(const HoldCall& call) {
  return call.outcome != Outcome::kDone &&
         (call.kind == HoldCall::Kind::kExtend || call.kind == HoldCall::Kind::kDelete);
}

}  // namespace

Holds::Holds(const HandlingRecord& record) : kind_(record.kind), outages_(record.incidents) {
  for (size_t i = 0; i < record.consumers.size(); ++i) Add(i, record.consumers[i].log);
}

void Holds::Add(size_t consumer, const ClientLog& log) {
  absl::flat_hash_map<HandleDigest, MessageId> ids;
  for (const LoggedCall& call : log.calls) {
    for (const LoggedDelivery& delivery : call.deliveries) ids[delivery.handle] = delivery.id;
  }
  for (const LoggedCall& call : log.calls) {
    HoldCall noted{.kind = KindOf(call),
                   .asked_at = call.asked_at,
                   .ended_at = call.ended_at,
                   .outcome = call.outcome,
                   .visibility = call.visibility};
    for (const LoggedDelivery& delivery : call.deliveries) {
      Hold& hold = holds_[{consumer, delivery.id}];
      hold.message = delivery.message;
      noted.handle = delivery.handle;
      hold.calls.push_back(noted);
    }
    for (size_t i = 0; i < call.handles.size(); ++i) {
      const auto id = ids.find(call.handles[i]);
      if (id == ids.end()) continue;
      noted.handle = call.handles[i];
      noted.outcome = call.entries[i];
      holds_[{consumer, id->second}].calls.push_back(noted);
    }
  }
}

const Hold& Holds::Of(size_t consumer, const MessageId& id) const {
  static const Hold none;
  const auto place = holds_.find({consumer, id});
  return place == holds_.end() ? none : place->second;
}

bool Holds::MayHaveRunOut(size_t consumer, const MessageId& id, Timestamp at) const {
  const std::vector<HoldCall>& calls = Of(consumer, id).calls;
  const HoldCall* last = nullptr;  // That prolonged it.
  Timestamp held_until = Timestamp::Past();
  for (const HoldCall& call : calls) {
    if (!Prolongs(call) || call.ended_at >= at) continue;
    const bool is_durable = kind_ == client::QueueKind::kFifo;
    if (!is_durable && outages_.ForgottenFrom(call.asked_at) <= at) continue;
    held_until = std::max(held_until, call.asked_at + call.visibility);
    if (last == nullptr || call.ended_at > last->ended_at) last = &call;
  }
  if (last == nullptr) return true;  // Forgotten, or it came later.
  if (held_until > at) return false;
  const Timestamp end = last->ended_at + last->visibility;
  return std::any_of(calls.begin(), calls.end(), [&](const HoldCall& call) {
    if (!IsVainTry(call) || call.asked_at > end) return false;
    const bool is_too_late = call.outcome == Outcome::kRefused && call.ended_at >= held_until;
    return is_too_late || call.ended_at >= end + -kTriesApartMax;
  });
}

Timestamp Holds::HeldUntil(const Hold& hold, HandleDigest handle, Timestamp at) {
  Timestamp until = Timestamp::Past();
  for (const HoldCall& call : hold.calls) {
    if (!Prolongs(call) || call.handle != handle || call.ended_at >= at) continue;
    until = std::max(until, call.asked_at + call.visibility);
  }
  return until;
}

}  // namespace twinq::crash
