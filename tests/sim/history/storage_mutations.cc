#include "tests/sim/history/mutations.h"

namespace twinq::history {
namespace {

const std::set<QueueKind> kBoth = {QueueKind::kStandard, QueueKind::kFifo};
const std::set<QueueKind> kFifoOnly = {QueueKind::kFifo};

constexpr absl::Duration kStep = absl::Microseconds(100);

// A message like this one, stored anew at the end, and received and deleted.
void DeliverCopy(Editor& editor, const Simple& message, const MessageId& id, Timestamp time) {
  Delivery copy = editor.delivery(message);
  copy.receive_count = 0;
  copy.id = id;
  copy.sequence = editor.NewSequence();
  editor.AddDelete(editor.DeliverAgain(copy, time, time + kStep));
}

bool OneAttemptTwoCopies(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  DeliverCopy(editor, *message, editor.NewId(), editor.AfterAll());
  return true;
}

bool RetryStoredAgain(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  const Timestamp time = editor.AfterAll();
  Send retry = editor.send(*message);
  retry.id = editor.NewId();
  retry.sequence = editor.NewSequence();
  retry.call.asked_at = time;
  retry.call.answered_at = time + kStep;
  DeliverCopy(editor, *message, retry.id, time + 2 * kStep);
  editor.history().deliveries.back().sequence = retry.sequence;
  editor.history().sends.push_back(retry);
  return true;
}

// The first attempt had no answer: its id is known from the delivery alone.
bool UnknownStoredAgain(Editor& editor) {
  if (!RetryStoredAgain(editor)) return false;
  const MessageName message = editor.history().sends.back().message;
  for (Send& send : editor.history().sends) {
    if (send.message != message) continue;
    send.outcome = Outcome::kUnknown;
    send.call.answered_at = Timestamp::Infinite();
    return true;
  }
  return false;
}

// Takes the second message for a duplicate of the first.
bool AnsweredWithIdOfAnother(Editor& editor) {
  const auto one = editor.Pick();
  if (!one) return false;
  const auto other = editor.Pick([&](const Simple& candidate) {
    return editor.send(candidate).call.asked_at > editor.send(*one).call.answered_at;
  });
  if (!other) return false;
  const Simple& swallowed = *other;
  editor.RemoveDeliveries(editor.send(swallowed).id);
  editor.send(swallowed).id = editor.send(*one).id;
  editor.send(swallowed).sequence = editor.send(*one).sequence;
  return true;
}

bool WindowNeverEnds(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  Send retry = editor.send(*message);
  retry.call.asked_at = editor.AfterAll() + absl::Minutes(5);
  retry.call.answered_at = retry.call.asked_at + kStep;
  editor.history().end.at = retry.call.answered_at + absl::Seconds(1);
  editor.history().sends.push_back(retry);
  return true;
}

// What had been sent before the purge is a duplicate still, though the purge took its original.
bool WindowSurvivesPurge(Editor& editor) {
  const auto message = editor.Pick();
  if (!message) return false;
  const Timestamp time = editor.AfterAll();
  editor.history().purges.push_back({.call = {.asked_at = time, .answered_at = time + kStep}});
  Send retry = editor.send(*message);
  retry.call.asked_at = time + 2 * kStep;
  retry.call.answered_at = time + 3 * kStep;
  editor.history().sends.push_back(retry);
  return true;
}

}  // namespace

std::vector<Mutation> StorageMutations() {
  return {
      {"OneAttemptTwoCopies", kBoth, Verdict::kStoredTwice, OneAttemptTwoCopies},
      {"RetryStoredAgain", kFifoOnly, Verdict::kStoredTwice, RetryStoredAgain},
      {"UnansweredSendStoredAgain", kFifoOnly, Verdict::kStoredTwice, UnknownStoredAgain},
      {"AnsweredWithIdOfAnother", kBoth, Verdict::kSwallowed, AnsweredWithIdOfAnother},
      {"DuplicateAfterFiveMinutes", kFifoOnly, Verdict::kSwallowed, WindowNeverEnds},
      {"DuplicateAfterPurge", kFifoOnly, Verdict::kSwallowed, WindowSurvivesPurge},
  };
}

}  // namespace twinq::history
