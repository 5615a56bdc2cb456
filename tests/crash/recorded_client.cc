#include "tests/crash/recorded_client.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "tests/crash/message_text.h"

namespace twinq::crash {
namespace {

using history::CallTimes;
using history::NameId;
using history::Outcome;
using history::SentMessage;

// Whether a delete or change of visibility was refused for coming too late. Single calls and
// entries of batches have different names for it.
bool IsTooLate(absl::string_view error, absl::string_view text) {
  return absl::StrContains(error, "InvalidParameterValue") ||
         absl::StrContains(error, "MessageNotInflight") || absl::StrContains(text, "expired");
}

// An entry of a batch that failed for another reason than its own may be carried out yet.
Outcome OutcomeOf(const v1::BatchResultErrorEntry& entry) {
  return entry.sender_fault() ? Outcome::kRefused : Outcome::kUnknown;
}

// The place of a batch's entry, which is its id. REQUIRES: an id that we have given.
size_t PlaceOf(const std::string& id) {
  size_t place = 0;
  return absl::SimpleAtoi(id, &place) ? place : 0;
}

template <typename Message>
void Fill(const Draft& draft, const QueuePlan& plan, Message& message) {
  message.set_message_body(BodyOf(draft.name, draft.body_bytes));
  if (draft.delay_seconds > 0) message.set_delay_seconds(draft.delay_seconds);
  if (plan.kind == QueueKind::kStandard) return;
  message.set_message_group_id(draft.group);
  if (plan.dedup == QueuePlan::Dedup::kById) {
    message.set_message_deduplication_id(TextOf(draft.name));
  }
}

template <typename Result>
void TakeResult(const Result& result, SentMessage& entry) {
  const std::optional<MessageId> id = ParseMessageId(result.message_id());
  entry.outcome = Outcome::kDone;
  entry.id = id.value_or(MessageId());
  entry.sequence = ParseSequenceNumber(result.sequence_number());
}

}  // namespace

RecordedClient::RecordedClient(SharedQueue& queue, history::ClientNumber number)
    : queue_(queue),
      number_(number),
      service_(queue.surroundings.location, queue.surroundings.clock),
      recorder_(number) {}

std::vector<Outcome> RecordedClient::Send(absl::Span<const Draft> drafts, absl::Duration patience) {
  CallTimes times;
  const std::vector<SentMessage> entries =
      drafts.size() == 1 ? std::vector<SentMessage>{SendOne(drafts.front(), patience, times)}
                         : SendBatch(drafts, patience, times);
  recorder_.Sent(number_, times, entries);
  std::vector<Outcome> outcomes;
  for (const SentMessage& entry : entries) {
    Count(entry.outcome);
    outcomes.push_back(entry.outcome);
  }
  return outcomes;
}

SentMessage RecordedClient::SendOne(const Draft& draft, absl::Duration patience, CallTimes& times) {
  v1::SendMessageRequest request;
  request.set_queue_url(queue_.plan.name);
  Fill(draft, queue_.plan, request);
  const auto answer = service_.Call(request, patience);
  times = answer.times;
  SentMessage entry = Entry(draft);
  entry.outcome = answer.outcome;
  if (answer.outcome == Outcome::kDone) TakeResult(answer.response, entry);
  if (answer.outcome == Outcome::kRefused) queue_.RefusedFor("a send", answer.error, answer.text);
  return entry;
}

std::vector<SentMessage> RecordedClient::SendBatch(absl::Span<const Draft> drafts,
                                                   absl::Duration patience, CallTimes& times) {
  v1::SendMessageBatchRequest request;
  request.set_queue_url(queue_.plan.name);
  std::vector<SentMessage> entries;
  for (const Draft& draft : drafts) {
    v1::SendMessageBatchRequestEntry& entry = *request.add_entries();
    entry.set_id(absl::StrCat(entries.size()));
    Fill(draft, queue_.plan, entry);
    entries.push_back(Entry(draft));
  }
  const auto answer = service_.Call(request, patience);
  times = answer.times;
  if (answer.outcome == Outcome::kRefused) {
    queue_.RefusedFor("a batch of sends", answer.error, answer.text);
    for (SentMessage& entry : entries) entry.outcome = Outcome::kRefused;
  }
  for (const auto& result : answer.response.successful()) {
    TakeResult(result, entries.at(PlaceOf(result.id())));
  }
  for (const auto& failure : answer.response.failed()) {
    entries.at(PlaceOf(failure.id())).outcome = OutcomeOf(failure);
    queue_.RefusedFor("an entry of a batch of sends", failure.code(), failure.message());
  }
  return entries;
}

SentMessage RecordedClient::Entry(const Draft& draft) {
  const bool is_fifo = queue_.plan.kind == QueueKind::kFifo;
  return {.message = draft.name,
          .group = is_fifo ? recorder_.Name(draft.group) : NameId::kNone,
          .dedup = is_fifo ? NameId::kOwn : NameId::kNone};
}

std::vector<Held> RecordedClient::Receive(const Wish& wish) {
  v1::ReceiveMessageRequest request;
  request.set_queue_url(queue_.plan.name);
  request.set_max_number_of_messages(wish.messages_max);
  request.set_visibility_timeout(wish.visibility_seconds);
  request.set_wait_time_seconds(wish.wait_seconds);
  const auto answer = service_.Call(request, wish.patience + absl::Seconds(wish.wait_seconds));
  if (answer.outcome == Outcome::kRefused) {
    queue_.RefusedFor("a receive", answer.error, answer.text);
  }
  if (answer.response.messages().empty()) {
    if (answer.outcome == Outcome::kUnknown) Count(Outcome::kUnknown);
    recorder_.ReceivedNothing(number_, answer.times, answer.outcome);
    return {};
  }
  std::vector<history::ReceivedMessage> received;
  for (const v1::Message& message : answer.response.messages()) {
    history::ReceivedMessage& entry = received.emplace_back();
    entry.message = NameInBody(message.body());
    entry.id = ParseMessageId(message.message_id()).value_or(MessageId());
  }
  const history::HandleNumber first =
      recorder_.Received(number_, answer.times, absl::Seconds(wish.visibility_seconds), received);
  std::vector<Held> held;
  for (const v1::Message& message : answer.response.messages()) {
    held.push_back({.name = received[held.size()].message,
                    .handle = history::NthHandle(first, held.size()),
                    .receipt_handle = message.receipt_handle()});
  }
  queue_.last_received_nanos = answer.times.answered_at.nanos();
  Count(Outcome::kDone);
  return held;
}

std::vector<Outcome> RecordedClient::Delete(absl::Span<const Held> messages) {
  if (messages.size() == 1) return {DeleteOne(messages.front())};
  return DeleteBatch(messages);
}

Outcome RecordedClient::DeleteOne(const Held& message) {
  v1::DeleteMessageRequest request;
  request.set_queue_url(queue_.plan.name);
  request.set_receipt_handle(message.receipt_handle);
  const auto answer = service_.Call(request, kPatience);
  recorder_.Deleted(number_, answer.times, message.handle, answer.outcome);
  CountDelete(message, answer.outcome);
  if (answer.outcome == Outcome::kRefused && !IsTooLate(answer.error, answer.text)) {
    queue_.RefusedFor("a delete", answer.error, answer.text);
  }
  return answer.outcome;
}

std::vector<Outcome> RecordedClient::DeleteBatch(absl::Span<const Held> messages) {
  v1::DeleteMessageBatchRequest request;
  request.set_queue_url(queue_.plan.name);
  for (size_t i = 0; i < messages.size(); ++i) {
    v1::DeleteMessageBatchRequestEntry& entry = *request.add_entries();
    entry.set_id(absl::StrCat(i));
    entry.set_receipt_handle(messages[i].receipt_handle);
  }
  const auto answer = service_.Call(request, kPatience);
  if (answer.outcome == Outcome::kRefused) {
    queue_.RefusedFor("a batch of deletes", answer.error, answer.text);
  }
  std::vector<Outcome> outcomes(messages.size(), answer.outcome);
  for (const auto& failure : answer.response.failed()) {
    outcomes.at(PlaceOf(failure.id())) = OutcomeOf(failure);
    if (!IsTooLate(failure.code(), failure.message())) {
      queue_.RefusedFor("an entry of a batch of deletes", failure.code(), failure.message());
    }
  }
  for (size_t i = 0; i < messages.size(); ++i) {
    recorder_.Deleted(number_, answer.times, messages[i].handle, outcomes[i]);
    CountDelete(messages[i], outcomes[i]);
  }
  return outcomes;
}

void RecordedClient::ChangeVisibility(const Held& message, int seconds,
                                      history::VisibilityChange::Purpose purpose) {
  v1::ChangeMessageVisibilityRequest request;
  request.set_queue_url(queue_.plan.name);
  request.set_receipt_handle(message.receipt_handle);
  request.set_visibility_timeout(seconds);
  const auto answer = service_.Call(request, kPatience);
  recorder_.Changed(number_, answer.times,
                    {.handle = message.handle,
                     .visibility = absl::Seconds(seconds),
                     .purpose = purpose,
                     .outcome = answer.outcome});
  Count(answer.outcome);
  if (answer.outcome == Outcome::kRefused && !IsTooLate(answer.error, answer.text)) {
    queue_.RefusedFor("a change of visibility", answer.error, answer.text);
  }
}

void RecordedClient::CountDelete(const Held& message, Outcome outcome) {
  if (outcome != Outcome::kRefused) queue_.outstanding.Remove(message.name);
  Count(outcome);
}

void RecordedClient::Count(Outcome outcome) {
  Progress& progress = queue_.surroundings.progress;
  if (outcome == Outcome::kDone) ++progress.operations;
  if (outcome == Outcome::kUnknown) ++progress.unknown;
}

}  // namespace twinq::crash
