#include "tests/crash/clients/message_source.h"

#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"

#include "client/lib/channel.h"
#include "client/lib/retry.h"
#include "tests/crash/message_text.h"

namespace twinq::crash {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(10);
constexpr uint64_t kAtOnceMax = 7;  // Messages between two pauses.
constexpr uint64_t kBodyBytesMax = 300;
constexpr size_t kPendingMax = 200;
constexpr absl::Duration kRetryPauseMax = absl::Milliseconds(100);

std::string GroupText(uint32_t group) { return absl::StrCat("g", group); }

history::Outcome OutcomeOf(const absl::Status& status) {
  if (status.ok()) return history::Outcome::kDone;
  switch (client::FailureOf(status)) {
    case client::Failure::kRefused:
      return history::Outcome::kRefused;
    case client::Failure::kNotNow:
    case client::Failure::kUnknown:
      break;
  }
  return history::Outcome::kUnknown;
}

}  // namespace

MessageSource::MessageSource(const std::string& address, const std::string& queue, uint32_t first,
                             uint64_t seed, const Clock& clock)
    : clock_(clock),
      kind_(client::KindOfQueue(queue)),
      first_(first),
      random_(seed),
      recorder_(kClient),
      producer_(std::make_unique<client::Producer>(
          client::Connect(address), queue,
          client::ProducerOptions{.pending_messages_max = kPendingMax,
                                  .retry = {.pause_max = kRetryPauseMax},
                                  .seed = seed})),
      thread_("source", [this] { SendAll(); }) {}

void MessageSource::Stop() {
  mutex_.Lock();
  is_stopping_ = true;
  stopping_.NotifyAll();
  mutex_.Unlock();
  thread_.Join();
  producer_ = nullptr;
}

void MessageSource::SendAll() {
  const platform::MutexLock lock(mutex_);
  while (!is_stopping_) {
    const uint64_t count = random_.Below(kAtOnceMax + 1);
    for (uint64_t i = 0; i < count; ++i) SendOne();
    if (!is_stopping_) stopping_.WaitFor(mutex_, kPause);
  }
}

void MessageSource::SendOne() {
  const size_t place = messages_.size();
  SourcedMessage message{
      .name = {.producer = kClient, .number = first_ + static_cast<uint32_t>(place)},
      .asked_at = Timestamp::FromTime(clock_.Now())};
  client::OutgoingMessage outgoing{.body = BodyOf(message.name, random_.Below(kBodyBytesMax))};
  if (kind_ == client::QueueKind::kFifo) {
    message.group = static_cast<uint32_t>(random_.Below(kGroups));
    outgoing.options.group_id = GroupText(message.group);
    outgoing.options.dedup_id = TextOf(message.name);
  }
  messages_.push_back(message);
  mutex_.Unlock();  // For it may have to wait for room, and outcomes make it.
  producer_->Send(std::move(outgoing), [this, place](const client::Producer::Outcome& outcome) {
    NoteOutcome(place, outcome);
  });
  mutex_.Lock();
}

void MessageSource::NoteOutcome(size_t place, const client::Producer::Outcome& outcome) {
  const platform::MutexLock lock(mutex_);
  SourcedMessage& message = messages_[place];
  message.answered_at = Timestamp::FromTime(clock_.Now());
  message.outcome = OutcomeOf(outcome.status());
  history::SentMessage sent{.message = message.name, .outcome = message.outcome};
  if (kind_ == client::QueueKind::kFifo) {
    sent.group = recorder_.Name(GroupText(message.group));
    sent.dedup = history::NameId::kOwn;
  }
  if (outcome.ok()) {
    sent.id = ParseMessageId(outcome->message_id).value_or(MessageId());
    sent.sequence = ParseSequenceNumber(outcome->sequence_number);
  }
  recorder_.Sent(kClient, {.asked_at = message.asked_at, .answered_at = message.answered_at},
                 {&sent, 1});
}

}  // namespace twinq::crash
