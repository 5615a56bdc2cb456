#include "tests/sim/history/hand_written.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace twinq::history {
namespace {

constexpr ClientNumber kProducer = 1;
constexpr ClientNumber kConsumer = 11;

Timestamp At(double seconds) { return Timestamp() + absl::Seconds(seconds); }
CallTimes Times(Span span) {
  return {.asked_at = At(span.asked), .answered_at = At(span.answered)};
}

}  // namespace

void HandWritten::SentAs(uint32_t message, Span span, uint32_t id) {
  SentMessage sent = {
      .message = {.producer = 1, .number = message}, .outcome = Outcome::kDone, .id = IdOf(id)};
  if (kind_ == QueueKind::kFifo) {
    sent.group = recorder_.Name("g");
    sent.dedup = NameId::kOwn;
    sent.sequence = SequenceNumber(id);
  }
  recorder_.Sent(kProducer, Times(span), {sent});
}

void HandWritten::SentUnknown(uint32_t message, double asked) {
  SentMessage sent = {.message = {.producer = 1, .number = message}};
  if (kind_ == QueueKind::kFifo) {
    sent.group = recorder_.Name("g");
    sent.dedup = NameId::kOwn;
  }
  recorder_.Sent(kProducer, {.asked_at = At(asked)}, {sent});
}

void HandWritten::SentRefused(uint32_t message, Span span) {
  const SentMessage sent = {.message = {.producer = 1, .number = message},
                            .outcome = Outcome::kRefused};
  recorder_.Sent(kProducer, Times(span), {sent});
}

HandleNumber HandWritten::Received(uint32_t message, Span span, absl::Duration visibility) {
  return ReceivedAll({message}, span, visibility);
}

HandleNumber HandWritten::ReceivedAll(const std::vector<uint32_t>& messages, Span span,
                                      absl::Duration visibility) {
  std::vector<ReceivedMessage> received;
  for (const uint32_t message : messages) received.push_back(Next(message));
  return recorder_.Received(kConsumer, Times(span), visibility, received);
}

HandleNumber HandWritten::Deliver(const ReceivedMessage& message, Span span,
                                  absl::Duration visibility) {
  return recorder_.Received(kConsumer, Times(span), visibility, {message});
}

void HandWritten::ReceiveLost(double asked) {
  recorder_.ReceivedNothing(kConsumer, {.asked_at = At(asked)}, Outcome::kUnknown);
}

void HandWritten::Delete(HandleNumber handle, Span span, Outcome outcome) {
  recorder_.Deleted(kConsumer, Times(span), handle, outcome);
}

void HandWritten::Change(HandleNumber handle, Span span, absl::Duration visibility,
                         Outcome outcome) {
  recorder_.Changed(kConsumer, Times(span),
                    {.handle = handle, .visibility = visibility, .outcome = outcome});
}

void HandWritten::Release(HandleNumber handle, Span span, absl::Duration visibility) {
  recorder_.Changed(
      kConsumer, Times(span),
      {.handle = handle, .visibility = visibility, .purpose = VisibilityChange::Purpose::kRelease});
}

void HandWritten::Purge(Span span, Outcome outcome) {
  recorder_.Purged(kConsumer, Times(span), outcome);
}

void HandWritten::Happened(Incident::Kind kind, double at, ClientNumber client) {
  recorder_.Happened({.at = At(at), .kind = kind, .client = client});
}

Judgement HandWritten::JudgedBy(const Promises& promises, uint64_t remaining) {
  std::vector<Recorder> recorders;
  recorders.push_back(std::move(recorder_));
  const History history = Merge(std::move(recorders), {.at = At(3600), .remaining = remaining});
  return *Judge(history, promises);
}

ReceivedMessage HandWritten::Next(uint32_t message) {
  return {.message = {.producer = 1, .number = message},
          .id = IdOf(message),
          .sequence = SequenceNumber(kind_ == QueueKind::kFifo ? message : 0),
          .receive_count = ++counts_.at(message)};
}

}  // namespace twinq::history
