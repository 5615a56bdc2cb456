#include "tests/sim/history/mutations.h"

#include <algorithm>
#include <optional>

namespace twinq::history {
namespace {

const std::set<QueueKind> kBoth = {QueueKind::kStandard, QueueKind::kFifo};
const std::set<QueueKind> kFifoOnly = {QueueKind::kFifo};

constexpr absl::Duration kStep = absl::Microseconds(100);

// The one outage of a history that has a crash.
struct OneOutage {
  Timestamp crashed_at;
  Timestamp started_at;
};
std::optional<OneOutage> OutageOf(const History& history) {
  if (history.incidents.size() != 2) return std::nullopt;
  return OneOutage{.crashed_at = history.incidents[0].at, .started_at = history.incidents[1].at};
}

bool Lose(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  editor.RemoveDeliveries(editor.send(*message).id);
  return true;
}

bool LoseOverCrash(Editor& editor) {
  const auto outage = OutageOf(editor.history());
  if (!outage) return false;
  const auto message = editor.Pick([&](const Simple& one) {
    return editor.send(one).call.answered_at < outage->crashed_at &&
           editor.delivery(one).call.asked_at > outage->started_at;
  });
  if (!message) return false;
  editor.RemoveDeliveries(editor.send(*message).id);
  return true;
}

// The retry was acknowledged as a duplicate of what nobody had on disk.
bool LoseOriginal(Editor& editor) {
  History& history = editor.history();
  const auto message = editor.Pick();
  if (!message) return false;
  Send retry = editor.send(*message);
  Send& original = editor.send(*message);
  retry.call.asked_at = original.call.answered_at + kStep;
  retry.call.answered_at = retry.call.asked_at + kStep;
  original.outcome = Outcome::kUnknown;
  original.call.answered_at = Timestamp::Infinite();
  editor.RemoveDeliveries(retry.id);
  history.sends.push_back(retry);
  return true;
}

bool Vanish(Editor& editor) {
  const auto message = editor.Pick([&](const Simple& one) { return editor.IsLastOfGroup(one); });
  if (!message) return false;
  editor.RemoveDeletes(editor.delivery(*message).handle);
  return true;
}

bool EmptyAtOnce(Editor& editor) {
  const History& history = editor.history();
  const bool has_undelivered =
      std::any_of(history.sends.begin(), history.sends.end(), [&](const Send& send) {
        return std::none_of(history.deliveries.begin(), history.deliveries.end(),
                            [&](const Delivery& delivery) { return delivery.id == send.id; });
      });
  editor.history().end.remaining = 0;
  return has_undelivered;
}

bool NeverSent(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  const Timestamp time = editor.AfterAll();
  Delivery delivery = editor.delivery(*message);
  delivery.receive_count = 0;
  delivery.id = editor.NewId();
  delivery.sequence = editor.NewSequence();
  delivery.message.number += 1'000'000;
  editor.AddDelete(editor.DeliverAgain(delivery, time, time + kStep));
  return true;
}

bool Refused(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  editor.send(*message).outcome = Outcome::kRefused;
  return true;
}

bool BeforeSend(Editor& editor) {
  const auto message = editor.Pick([&](const Simple& one) {
    const Send& send = editor.send(one);
    const auto& sends = editor.history().sends;
    return send.group == NameId::kNone ||
           std::none_of(sends.begin(), sends.end(), [&](const Send& other) {
             return other.group == send.group && other.sequence < send.sequence;
           });
  });
  if (!message) return false;
  Call& call = editor.delivery(*message).call;
  call.answered_at = editor.send(*message).call.asked_at + -kStep;
  call.asked_at = call.answered_at + -kStep;
  return true;
}

bool OtherBody(Editor& editor) {
  const auto one = editor.Pick();
  if (!one) return false;
  const NameId group = editor.send(*one).group;
  const auto other = editor.Pick([&](const Simple& candidate) {
    return candidate.send != one->send && editor.send(candidate).group == group;
  });
  if (!other) return false;
  std::swap(editor.delivery(*one).message, editor.delivery(*other).message);
  return true;
}

bool Undead(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  const Timestamp time = editor.deletion(*message).call.answered_at + kStep;
  editor.DeliverAgain(editor.delivery(*message), time, time + kStep);
  return true;
}

bool UndeadOverCrash(Editor& editor) {
  const auto outage = OutageOf(editor.history());
  if (!outage) return false;
  const auto message = editor.Pick([&](const Simple& one) {
    return editor.deletion(one).call.answered_at < outage->crashed_at;
  });
  if (!message) return false;
  const Timestamp time = outage->started_at + kStep;
  editor.DeliverAgain(editor.delivery(*message), time, time + kStep);
  return true;
}

bool Purged(Editor& editor) {
  const auto message = editor.Pick([&](const Simple& one) {
    return editor.delivery(one).call.asked_at > editor.send(one).call.answered_at + 4 * kStep;
  });
  if (!message) return false;
  const Timestamp time = editor.delivery(*message).call.asked_at;
  editor.history().purges.push_back(
      {.call = {.asked_at = time + -2 * kStep, .answered_at = time + -kStep}});
  return true;
}

}  // namespace

std::vector<Mutation> LossMutations() {
  using Base = Mutation::Base;
  return {
      {"NeverDelivered", kBoth, Verdict::kLost, Lose},
      {"NotDeliveredAfterCrash", kBoth, Verdict::kLost, LoseOverCrash, {}, {Base::kServerCrash}},
      {"DuplicateAnsweredOriginalLost", kFifoOnly, Verdict::kLost, LoseOriginal},
      {"GoneWithoutDelete", kBoth, Verdict::kVanished, Vanish},
      {"NotThereAtTheEnd",
       kBoth,
       Verdict::kLost,
       EmptyAtOnce,
       {Verdict::kVanished},
       {Base::kUndrained}},
  };
}

std::vector<Mutation> ReturnMutations() {
  using Base = Mutation::Base;
  return {
      {"NeverSent", kBoth, Verdict::kUnexpected, NeverSent},
      {"SendRefused", kBoth, Verdict::kUnexpected, Refused},
      {"BeforeItsSend", kBoth, Verdict::kUnexpected, BeforeSend},
      {"BodyOfAnother", kBoth, Verdict::kUnexpected, OtherBody},
      {"AfterItsDelete", kBoth, Verdict::kUndead, Undead},
      {"DeleteForgottenByCrash",
       kBoth,
       Verdict::kUndead,
       UndeadOverCrash,
       {},
       {Base::kServerCrash}},
      {"PurgeForgetsNothing", kBoth, Verdict::kUndead, Purged},
  };
}

std::vector<Mutation> AllMutations() {
  std::vector<Mutation> all;
  for (const auto& some : {LossMutations(), ReturnMutations(), StorageMutations(), OrderMutations(),
                           ReceiveMutations()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

History BaseHistory(Mutation::Base base, QueueKind kind, uint64_t seed) {
  ToyWorkload workload = CalmWorkload(kind, seed);
  switch (base) {
    case Mutation::Base::kCalm:
      break;
    case Mutation::Base::kBusy:
      workload = {
          .kind = kind, .seed = seed, .delay_request = 0, .retry_late = 0, .server_crashes = 0};
      break;
    case Mutation::Base::kRedeliveries:
      workload.leave = 0.3;
      break;
    case Mutation::Base::kServerCrash:
      workload.server_crashes = 1;
      break;
    case Mutation::Base::kUndrained:
      workload.is_drained = false;
      workload.leave = 0.3;
      break;
  }
  return RunToy(workload);
}

}  // namespace twinq::history
