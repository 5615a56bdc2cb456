#include <algorithm>

#include "tests/sim/history/mutations.h"

namespace twinq::history {
namespace {

const std::set<QueueKind> kBoth = {QueueKind::kStandard, QueueKind::kFifo};
const std::set<QueueKind> kFifoOnly = {QueueKind::kFifo};

// Where one answer brought several messages of a group, giving away one of them alone is wrong by
// the others too.
const std::set<Verdict> kWithGroup = {Verdict::kGroupHeldTwice, Verdict::kOutOfOrder};

constexpr absl::Duration kStep = absl::Microseconds(100);

bool IsHeldFor(Editor& editor, const Simple& message, absl::Duration span) {
  return editor.delivery(message).visibility > span &&
         editor.delivery(message).call.answered_at + span < editor.deletion(message).call.asked_at;
}

bool HeldTwice(Editor& editor) {
  const auto message =
      editor.Pick([&](const Simple& one) { return IsHeldFor(editor, one, 3 * kStep); });
  if (!message) return false;
  const Timestamp time = editor.delivery(*message).call.answered_at + kStep;
  editor.DeliverAgain(editor.delivery(*message), time, time + kStep);
  return true;
}

// As before, but the server has forgotten it in a crash, which a FIFO queue must not.
bool HeldTwiceOverCrash(Editor& editor) {
  const auto message =
      editor.Pick([&](const Simple& one) { return IsHeldFor(editor, one, 6 * kStep); });
  if (!message) return false;
  const Timestamp time = editor.delivery(*message).call.answered_at;
  auto& incidents = editor.history().incidents;
  incidents.push_back({.at = time + kStep, .kind = Incident::Kind::kServerCrashed});
  incidents.push_back({.at = time + 2 * kStep, .kind = Incident::Kind::kServerStarted});
  editor.DeliverAgain(editor.delivery(*message), time + 3 * kStep, time + 4 * kStep);
  return true;
}

// The visibility was extended, and ended as if it had not been.
bool ExtensionIgnored(Editor& editor) {
  const auto message = editor.Pick([&](const Simple& one) {
    return editor.IsLastOfGroup(one) && IsHeldFor(editor, one, 3 * kStep);
  });
  if (!message) return false;
  const Delivery& delivery = editor.delivery(*message);
  const Timestamp extended_at = delivery.call.answered_at + kStep;
  const Timestamp ended_at = delivery.call.answered_at + delivery.visibility;
  editor.history().changes.push_back(
      {.call = {.asked_at = extended_at, .answered_at = extended_at + kStep},
       .handle = delivery.handle,
       .visibility = absl::Minutes(1)});
  editor.deletion(*message).call.asked_at = ended_at + absl::Seconds(20);
  editor.deletion(*message).call.answered_at = ended_at + absl::Seconds(21);
  editor.AfterAll();
  editor.history().end.at = std::max(editor.history().end.at, ended_at + absl::Minutes(1));
  editor.DeliverAgain(delivery, ended_at + absl::Seconds(1), ended_at + absl::Seconds(2));
  return true;
}

// The second delivery of a message that was delivered more than once, one after the other.
Delivery* SecondDelivery(Editor& editor) {
  auto& deliveries = editor.history().deliveries;
  std::vector<Delivery*> second;
  for (Delivery& delivery : deliveries) {
    const bool has_first =
        std::any_of(deliveries.begin(), deliveries.end(), [&](const Delivery& other) {
          return other.id == delivery.id && other.receive_count + 1 == delivery.receive_count &&
                 other.call.answered_at < delivery.call.asked_at;
        });
    if (has_first) second.push_back(&delivery);
  }
  return second.empty() ? nullptr : second[editor.random().Below(second.size())];
}

bool CountReset(Editor& editor) {
  Delivery* delivery = SecondDelivery(editor);
  if (delivery == nullptr) return false;
  delivery->receive_count = 1;
  return true;
}

bool CountStands(Editor& editor) {
  Delivery* delivery = SecondDelivery(editor);
  if (delivery == nullptr) return false;
  --delivery->receive_count;
  return true;
}

bool CountJumps(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  editor.delivery(*message).receive_count += 1;
  return true;
}

// Nobody can say which delivery was the first, but one of them was.
bool CountTwice(Editor& editor) {
  const auto message = editor.Pick([&](const Simple& one) { return editor.IsLastOfGroup(one); });
  if (!message) return false;
  Delivery& delivery = editor.delivery(*message);
  delivery.visibility = absl::ZeroDuration();
  Delivery again = delivery;
  --again.receive_count;
  editor.DeliverAgain(again, delivery.call.asked_at, delivery.call.answered_at);
  return true;
}

}  // namespace

std::vector<Mutation> ReceiveMutations() {
  using Base = Mutation::Base;
  return {
      {"DeliveredWhileHeld", kBoth, Verdict::kMessageHeldTwice, HeldTwice, kWithGroup},
      {"HoldForgottenByCrash", kFifoOnly, Verdict::kMessageHeldTwice, HeldTwiceOverCrash,
       kWithGroup},
      {"ExtensionIgnored", kBoth, Verdict::kMessageHeldTwice, ExtensionIgnored, kWithGroup},
      {"CountReset", kBoth, Verdict::kReceiveCount, CountReset, {}, {Base::kRedeliveries}},
      {"CountStands", kBoth, Verdict::kReceiveCount, CountStands, {}, {Base::kRedeliveries}},
      {"CountJumps", kBoth, Verdict::kReceiveCount, CountJumps, {}, {Base::kCalm}},
      {"CountTwice", kBoth, Verdict::kReceiveCount, CountTwice, kWithGroup},
  };
}

}  // namespace twinq::history
