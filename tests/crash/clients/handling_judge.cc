#include "tests/crash/clients/handling_judge.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "tests/crash/clients/holds.h"

namespace twinq::crash {
namespace {

using history::MessageName;
using history::Outcome;
using Ending = LoggedHandling::Ending;

// Between a handler's end and the first try of its ack, when nothing is in the way.
constexpr absl::Duration kAckDelayMax = absl::Seconds(1);

// A handling, and whose it was.
struct Handling {
  size_t consumer = 0;  // By its place in the record.
  MessageName message = {};
  MessageId id = {};
  Timestamp begin = {};
  Timestamp over = {};  // By its end, or by a kill.
  Ending ending = Ending::kNone;
};

class Judge {
 public:
  explicit Judge(const HandlingRecord& record) : record_(record), holds_(record) {
    for (size_t i = 0; i < record.consumers.size(); ++i) Gather(i);
    const auto by_begin = [](const Handling& a, const Handling& b) { return a.begin < b.begin; };
    std::stable_sort(handlings_.begin(), handlings_.end(), by_begin);
    for (size_t i = 0; i < handlings_.size(); ++i) {
      of_message_[handlings_[i].message].push_back(i);
      of_id_[handlings_[i].id].push_back(i);
    }
  }

  HandlingJudgement Run() {
    result_.handlings = static_cast<int64_t>(handlings_.size());
    for (const SourcedMessage& message : record_.messages) JudgeLoss(message);
    for (const auto& [key, hold] : holds_.all()) JudgeAcks(key, hold);
    for (const auto& [id, handlings] : of_id_) JudgeRepetitions(handlings);
    if (record_.kind == client::QueueKind::kFifo) {
      for (const auto& [key, hold] : holds_.all()) JudgeRefusals(hold);
      JudgeGroups();
    }
    std::stable_sort(result_.complaints.begin(), result_.complaints.end(),
                     [](const Complaint& a, const Complaint& b) { return a.message < b.message; });
    return std::move(result_);
  }

 private:
  void Gather(size_t consumer) {
    const ConsumerLife& life = record_.consumers[consumer];
    for (const LoggedHandling& handling : life.log.handlings) {
      handlings_.push_back({.consumer = consumer,
                            .message = handling.message,
                            .id = handling.id,
                            .begin = handling.begin,
                            .over = std::min(handling.end, life.killed_at),
                            .ending = handling.ending});
    }
  }

  void Complain(Fault fault, const MessageName& message, Timestamp at) {
    result_.complaints.push_back({.fault = fault, .message = message, .at = at});
  }

  // When a handler first came to a good end; Infinite: never.
  Timestamp FirstHandled(const MessageName& message) const {
    Timestamp first = Timestamp::Infinite();
    const auto place = of_message_.find(message);
    if (place == of_message_.end()) return first;
    for (const size_t i : place->second) {
      if (handlings_[i].ending == Ending::kOk) first = std::min(first, handlings_[i].over);
    }
    return first;
  }

  void JudgeLoss(const SourcedMessage& message) {
    if (message.outcome != Outcome::kDone) return;
    if (!of_message_.contains(message.name)) {
      Complain(Fault::kNeverHandled, message.name, message.answered_at);
    } else if (FirstHandled(message.name) == Timestamp::Infinite()) {
      Complain(Fault::kNeverFinished, message.name, message.answered_at);
    }
  }

  // When a handler of this consumer first came to a good end; Infinite: never.
  Timestamp HandledBy(const Holds::Key& key) const {
    const auto place = of_id_.find(key.second);
    if (place == of_id_.end()) return Timestamp::Infinite();
    for (const size_t i : place->second) {
      const Handling& handling = handlings_[i];
      if (handling.consumer == key.first && handling.ending == Ending::kOk) return handling.over;
    }
    return Timestamp::Infinite();
  }

  // Deletes come after the good end of a handler in the same process, and come soon.
  void JudgeAcks(const Holds::Key& key, const Hold& hold) {
    const Timestamp handled_at = HandledBy(key);
    for (const HoldCall& call : hold.calls) {
      if (call.kind != HoldCall::Kind::kDelete) continue;
      if (call.asked_at < handled_at) {
        Complain(Fault::kAckedUnfinished, hold.message, call.asked_at);
      }
      return;
    }
    if (handled_at == Timestamp::Infinite()) return;
    const Timestamp due = handled_at + kAckDelayMax;
    const ConsumerLife& life = record_.consumers[key.first];
    if (due < life.killed_at && !AcksAreInVain(life)) {
      Complain(Fault::kAckHeldBack, hold.message, due);
    }
  }

  // Whether it was waiting for the server to take other acks when it was killed.
  static bool AcksAreInVain(const ConsumerLife& life) {
    return std::any_of(life.log.calls.begin(), life.log.calls.end(), [&](const LoggedCall& call) {
      return call.kind == LoggedCall::Kind::kDelete && call.outcome != Outcome::kDone &&
             call.ended_at + kAckDelayMax >= life.killed_at;
    });
  }

  // Up to the first call that may have ended the hold.
  void JudgeRefusals(const Hold& hold) {
    for (const HoldCall& call : hold.calls) {
      if (call.kind == HoldCall::Kind::kReceive) continue;
      if (call.outcome == Outcome::kRefused &&
          call.ended_at < Holds::HeldUntil(hold, call.handle, call.asked_at)) {
        Complain(Fault::kRefusedInHand, hold.message, call.asked_at);
      }
      if (call.kind != HoldCall::Kind::kExtend) return;
    }
  }

  // Of one stored message, in the order of their beginnings.
  void JudgeRepetitions(const std::vector<size_t>& handlings) {
    for (size_t later = 1; later < handlings.size(); ++later) {
      const Handling& again = handlings_[handlings[later]];
      for (size_t earlier = 0; earlier < later; ++earlier) {
        JudgeRepetition(handlings_[handlings[earlier]], again,
                        earlier + 1 == later ? Counting::kLast : Counting::kEarlier);
      }
    }
  }

  // Only the last of the handlings before is why there was one more.
  enum class Counting : uint8_t { kLast, kEarlier };

  void JudgeRepetition(const Handling& first, const Handling& again, Counting counting) {
    const auto count = [&](Reason reason) {
      if (counting == Counting::kLast) ++result_.again.at(static_cast<size_t>(reason));
    };
    const bool is_over = first.over <= again.begin;
    if (first.ending == Ending::kFailed && is_over) return count(Reason::kFailed);
    if (first.consumer == again.consumer) {
      return Complain(Fault::kAgainByOne, again.message, again.begin);
    }
    if (WasAcknowledgedBefore(first, again)) {
      return Complain(Fault::kAgainAcknowledged, again.message, again.begin);
    }
    if (record_.consumers[first.consumer].killed_at <= again.begin) {
      return count(first.ending == Ending::kOk ? Reason::kKilledUnacked : Reason::kKilledHandling);
    }
    if (MayBothHave(first, again)) return count(Reason::kRunOut);
    Complain(Fault::kAgainInHand, again.message, again.begin);
  }

  // Whether the first one's delete was answered before the other's process asked for the message.
  bool WasAcknowledgedBefore(const Handling& first, const Handling& again) const {
    Timestamp acknowledged = Timestamp::Infinite();
    for (const HoldCall& call : holds_.Of(first.consumer, first.id).calls) {
      if (call.kind != HoldCall::Kind::kDelete || call.outcome != Outcome::kDone) continue;
      acknowledged = std::min(acknowledged, call.ended_at);
    }
    for (const HoldCall& call : holds_.Of(again.consumer, again.id).calls) {
      if (call.kind != HoldCall::Kind::kReceive || call.asked_at >= again.begin) continue;
      if (call.asked_at > acknowledged) return true;
    }
    return false;
  }

  // Whether one of them had lost its message to the other side by the time the later one began.
  bool MayBothHave(const Handling& first, const Handling& again) const {
    return holds_.MayHaveRunOut(first.consumer, first.id, again.begin) ||
           holds_.MayHaveRunOut(again.consumer, again.id, again.begin);
  }

  void JudgeGroups() {
    absl::flat_hash_map<MessageName, uint32_t> groups;
    std::map<uint32_t, Timestamp> handled_up_to;  // The messages of the group so far.
    for (const SourcedMessage& message : record_.messages) {
      groups.emplace(message.name, message.group);
      const auto place = of_message_.find(message.name);
      if (place == of_message_.end()) continue;
      Timestamp& up_to = handled_up_to.try_emplace(message.group, Timestamp::Past()).first->second;
      const Handling& first = handlings_[place->second.front()];
      if (first.begin < up_to) Complain(Fault::kOutOfOrder, message.name, first.begin);
      up_to = std::max(up_to, FirstHandled(message.name));
    }
    std::map<uint32_t, std::vector<const Handling*>> running;
    for (const Handling& handling : handlings_) {
      std::vector<const Handling*>& others = running[groups[handling.message]];
      std::erase_if(others, [&](const Handling* other) { return other->over <= handling.begin; });
      for (const Handling* other : others) JudgeOverlap(*other, handling);
      others.push_back(&handling);
    }
  }

  void JudgeOverlap(const Handling& first, const Handling& second) {
    if (first.consumer == second.consumer) {
      Complain(Fault::kGroupTwiceInOne, second.message, second.begin);
    } else if (!MayBothHave(first, second)) {
      Complain(Fault::kGroupTwiceInHand, second.message, second.begin);
    }
  }

  const HandlingRecord& record_;
  const Holds holds_;
  std::vector<Handling> handlings_;  // By their beginnings.
  absl::flat_hash_map<MessageName, std::vector<size_t>> of_message_;
  std::map<MessageId, std::vector<size_t>> of_id_;
  HandlingJudgement result_;
};

}  // namespace

absl::string_view NameOf(Fault fault) {
  switch (fault) {
    case Fault::kNeverHandled:
      return "never_handled";
    case Fault::kNeverFinished:
      return "never_finished";
    case Fault::kAckedUnfinished:
      return "acked_unfinished";
    case Fault::kAckHeldBack:
      return "ack_held_back";
    case Fault::kAgainByOne:
      return "again_by_one";
    case Fault::kAgainAcknowledged:
      return "again_acknowledged";
    case Fault::kAgainInHand:
      return "again_in_hand";
    case Fault::kGroupTwiceInOne:
      return "group_twice_in_one";
    case Fault::kGroupTwiceInHand:
      return "group_twice_in_hand";
    case Fault::kRefusedInHand:
      return "refused_in_hand";
    case Fault::kOutOfOrder:
      return "out_of_order";
  }
  return "";
}

absl::string_view NameOf(Reason reason) {
  switch (reason) {
    case Reason::kFailed:
      return "failed";
    case Reason::kKilledHandling:
      return "killed_handling";
    case Reason::kKilledUnacked:
      return "killed_unacked";
    case Reason::kRunOut:
      return "run_out";
  }
  return "";
}

HandlingJudgement JudgeHandlings(const HandlingRecord& record) { return Judge(record).Run(); }

}  // namespace twinq::crash
