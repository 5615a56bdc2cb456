#include "client/load/engine/consumer.h"

#include <cstddef>

#include "absl/status/statusor.h"

#include "client/lib/call_status.h"
#include "client/lib/channel.h"
#include "client/load/engine/message_draws.h"
#include "client/load/engine/message_ids.h"
#include "core/base/status_macros.h"

namespace twinq::load {
namespace {

using client::QueueClient;
using history::CallTimes;
using history::Incident;
using history::Outcome;
using Delivery = DeliveredNumbers::Delivery;
using Phase = SharedChapter::Phase;

// A FIFO handle that has expired: the ack came too late, so it is a lost one.
bool IsTooLate(const absl::Status& deleted) {
  return absl::IsInvalidArgument(deleted) && !client::SqsErrorName(deleted).empty();
}

// Empty if the message came without.
absl::string_view AttributeOf(const client::ReceivedMessage& message, const std::string& name) {
  const auto place = message.system_attributes.find(name);
  return place == message.system_attributes.end() ? absl::string_view() : place->second;
}

}  // namespace

Consumer::Consumer(SharedChapter& chapter, Progress& progress, uint32_t recorder, uint64_t seed)
    : chapter_(chapter),
      progress_(progress),
      number_(chapter.next_client++),
      random_(seed),
      client_(client::Connect(chapter.target.server)),
      recorder_(recorder) {}

void Consumer::Run() {
  while (!chapter_.stop.is_given() && !chapter_.IsDrained()) {
    if (const absl::Status done = ReceiveOnce(); !done.ok()) return chapter_.Fail(done);
  }
}

absl::Status Consumer::ReceiveOnce() {
  CallTimes times = {.asked_at = chapter_.Now()};
  TWINQ_ASSIGN_OR_RETURN(
      const std::vector<client::ReceivedMessage> messages,
      client_.ReceiveMessages(chapter_.target.queue_name,
                              {.messages_max = chapter_.workload.batch,
                               .visibility_timeout = chapter_.workload.visibility_timeout,
                               .wait = kReceiveWait,
                               .details = client::Details::kNumbers}));
  times.answered_at = chapter_.Now();
  // A producer that waits for a place does not see the time.
  if (times.answered_at.ToTime() >= chapter_.plan.ends_at || chapter_.HasStalled()) {
    chapter_.window.Close();
  }
  if (messages.empty()) {
    recorder_.ReceivedNothing(number_, times, Outcome::kDone);
    return absl::OkStatus();
  }
  TWINQ_ASSIGN_OR_RETURN(const std::vector<Held> held, Record(messages, times));
  return Handle(held);
}

absl::StatusOr<std::vector<Consumer::Held>> Consumer::Record(
    const std::vector<client::ReceivedMessage>& messages, const CallTimes& times) {
  std::vector<history::ReceivedMessage> received;
  std::vector<Held> held;
  for (const client::ReceivedMessage& message : messages) {
    const absl::StatusOr<MessageTag> tag = DecodeBody(message.body);
    history::ReceivedMessage& entry = received.emplace_back();
    entry.message = tag.ok() ? tag->name : history::kNobodysMessage;
    TWINQ_ASSIGN_OR_RETURN(entry.id, ParseMessageId(message.message_id));
    entry.sequence = ParseSequenceNumber(AttributeOf(message, "SequenceNumber"));
    entry.receive_count = ParseReceiveCount(AttributeOf(message, "ApproximateReceiveCount"));
    const auto known = tag.ok() ? std::optional<MessageTag>(*tag) : std::nullopt;
    held.push_back(
        {.receipt_handle = message.receipt_handle, .fate = Meet(known, times.answered_at)});
  }
  const history::HandleNumber first =
      recorder_.Received(number_, times, chapter_.workload.visibility_timeout, received);
  for (size_t i = 0; i < held.size(); ++i) held[i].handle = history::NthHandle(first, i);
  chapter_.NoteActivity(times.answered_at);
  return held;
}

// Measures the delivery, and says what will become of it.
Consumer::Fate Consumer::Meet(const std::optional<MessageTag>& tag, Timestamp received_at) {
  if (!tag.has_value()) return Fate::kDeleted;
  if (chapter_.delivered.Add(tag->name.number) != Delivery::kFirst) return DrawFate(random_);
  chapter_.window.Leave(1);
  ++progress_.received;
  measurements_.received.Add(chapter_.SendingTime(received_at), 1);
  if (chapter_.IsMeasured(tag->due_at)) {
    measurements_.end_to_end.Record(received_at.ToTime() - tag->due_at);
  }
  SeededRandom draws = DrawsOf(chapter_.workload.seed, tag->name.number, Occasion::kFirstDelivery);
  return DrawFate(draws);
}

Consumer::Fate Consumer::DrawFate(Random& random) {
  if (random.Chance(chapter_.workload.crash)) return Fate::kConsumerCrashes;
  return random.Chance(chapter_.workload.lose_ack) ? Fate::kAckLost : Fate::kDeleted;
}

absl::Status Consumer::Handle(const std::vector<Held>& messages) {
  std::vector<Held> handled;
  for (const Held& message : messages) {
    if (chapter_.workload.processing > absl::ZeroDuration()) {
      chapter_.stop.WaitFor(chapter_.workload.processing);
      chapter_.NoteActivity(chapter_.Now());
    }
    const Fate fate = chapter_.phase == Phase::kSending ? message.fate : Fate::kDeleted;
    if (fate == Fate::kConsumerCrashes) {
      Crash();
      return absl::OkStatus();
    }
    if (fate == Fate::kDeleted) handled.push_back(message);
  }
  return handled.empty() ? absl::OkStatus() : Delete(handled);
}

absl::Status Consumer::Delete(absl::Span<const Held> messages) {
  CallTimes times = {.asked_at = chapter_.Now()};
  std::vector<absl::Status> answers;
  if (messages.size() == 1) {
    answers.push_back(
        client_.DeleteMessage(chapter_.target.queue_name, messages.front().receipt_handle));
  } else {
    std::vector<std::string> handles;
    for (const Held& message : messages) handles.push_back(message.receipt_handle);
    TWINQ_ASSIGN_OR_RETURN(answers,
                           client_.DeleteMessageBatch(chapter_.target.queue_name, handles));
  }
  times.answered_at = chapter_.Now();
  chapter_.NoteActivity(times.answered_at);
  for (size_t i = 0; i < messages.size(); ++i) {
    const bool is_refused = IsTooLate(answers[i]);
    if (!is_refused) TWINQ_RETURN_IF_ERROR(answers[i]);
    recorder_.Deleted(number_, times, messages[i].handle,
                      is_refused ? Outcome::kRefused : Outcome::kDone);
  }
  return absl::OkStatus();
}

void Consumer::Crash() {
  recorder_.Happened(
      {.at = chapter_.Now(), .kind = Incident::Kind::kClientCrashed, .client = number_});
  client_ = QueueClient(client::Connect(chapter_.target.server));
  number_ = chapter_.next_client++;
  recorder_.Happened(
      {.at = chapter_.Now(), .kind = Incident::Kind::kClientStarted, .client = number_});
}

}  // namespace twinq::load
