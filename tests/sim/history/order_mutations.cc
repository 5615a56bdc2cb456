#include <utility>

#include "tests/sim/history/mutations.h"

namespace twinq::history {
namespace {

const std::set<QueueKind> kFifoOnly = {QueueKind::kFifo};

constexpr absl::Duration kStep = absl::Microseconds(100);

// What a delivery is of; the rest is how it was received.
void SwapMessages(Delivery& one, Delivery& other) {
  std::swap(one.message, other.message);
  std::swap(one.id, other.id);
  std::swap(one.sequence, other.sequence);
}

// A message and the next of its group, of which `fits` holds.
using Pair = std::pair<Simple, Simple>;
std::optional<Pair> PickPair(Editor& editor, const std::function<bool(const Pair&)>& fits) {
  const auto first = editor.Pick([&](const Simple& candidate) {
    const auto follower = editor.NextOfGroup(candidate);
    return follower && fits({candidate, *follower});
  });
  if (!first) return std::nullopt;
  return Pair{*first, *editor.NextOfGroup(*first)};
}

bool AreApart(Editor& editor, const Pair& pair) {
  return editor.delivery(pair.first).call.answered_at <
             editor.delivery(pair.second).call.asked_at &&
         editor.send(pair.second).call.answered_at < editor.delivery(pair.first).call.asked_at;
}

bool SwapDeliveries(Editor& editor) {
  const auto pair = PickPair(editor, [&](const Pair& two) { return AreApart(editor, two); });
  if (!pair) return false;
  SwapMessages(editor.delivery(pair->first), editor.delivery(pair->second));
  return true;
}

bool SwapInAnswer(Editor& editor) {
  const auto pair = PickPair(editor, [&](const Pair& two) {
    return editor.delivery(two.first).call == editor.delivery(two.second).call;
  });
  if (!pair) return false;
  SwapMessages(editor.delivery(pair->first), editor.delivery(pair->second));
  return true;
}

// The first was not deleted, its visibility ended, and the second came without it.
bool PassOver(Editor& editor) {
  const auto pair = PickPair(editor, [&](const Pair& two) { return AreApart(editor, two); });
  if (!pair) return false;
  Delivery& first = editor.delivery(pair->first);
  first.visibility = absl::Nanoseconds(1);
  editor.RemoveDeletes(first.handle);
  const Timestamp time = editor.AfterAll();
  editor.AddDelete(editor.DeliverAgain(first, time, time + kStep));
  return true;
}

// The second is given to another consumer while the first is with its own.
bool ShareGroup(Editor& editor) {
  const auto pair = PickPair(editor, [&](const Pair& two) {
    return AreApart(editor, two) && editor.delivery(two.first).call.answered_at + 3 * kStep <
                                        editor.deletion(two.first).call.asked_at;
  });
  if (!pair) return false;
  Call& call = editor.delivery(pair->second).call;
  call.asked_at = editor.delivery(pair->first).call.answered_at + kStep;
  call.answered_at = call.asked_at + kStep;
  return true;
}

bool SwapSequences(Editor& editor) {
  const auto pair = PickPair(editor, [&](const Pair& two) {
    return editor.send(two.first).call.answered_at < editor.send(two.second).call.asked_at;
  });
  if (!pair) return false;
  std::swap(editor.send(pair->first).sequence, editor.send(pair->second).sequence);
  std::swap(editor.delivery(pair->first).sequence, editor.delivery(pair->second).sequence);
  return true;
}

bool SwapInBatch(Editor& editor) {
  const auto pair = PickPair(editor, [&](const Pair& two) {
    return editor.send(two.first).call == editor.send(two.second).call;
  });
  if (!pair) return false;
  std::swap(editor.send(pair->first).sequence, editor.send(pair->second).sequence);
  std::swap(editor.delivery(pair->first).sequence, editor.delivery(pair->second).sequence);
  return true;
}

bool OtherSequence(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  Delivery& delivery = editor.delivery(*message);
  delivery.sequence = delivery.sequence.Next();
  return true;
}

}  // namespace

std::vector<Mutation> OrderMutations() {
  return {
      {"DeliveriesSwapped", kFifoOnly, Verdict::kOutOfOrder, SwapDeliveries},
      {"SwappedInAnswer", kFifoOnly, Verdict::kOutOfOrder, SwapInAnswer},
      {"UndeletedPassedOver", kFifoOnly, Verdict::kOutOfOrder, PassOver},
      {"GroupWithTwoConsumers",
       kFifoOnly,
       Verdict::kGroupHeldTwice,
       ShareGroup,
       {Verdict::kOutOfOrder}},
      {"SequenceNumbersSwapped",
       kFifoOnly,
       Verdict::kSequence,
       SwapSequences,
       {Verdict::kOutOfOrder, Verdict::kGroupHeldTwice}},
      {"SwappedInBatch",
       kFifoOnly,
       Verdict::kSequence,
       SwapInBatch,
       {Verdict::kOutOfOrder, Verdict::kGroupHeldTwice}},
      {"SequenceNumberOfDeliveryDiffers", kFifoOnly, Verdict::kSequence, OtherSequence},
  };
}

}  // namespace twinq::history
