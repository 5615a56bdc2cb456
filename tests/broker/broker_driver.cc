#include "tests/broker/broker_driver.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"

#include "tests/support/describe.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

std::string FirstResult(const std::optional<Reply>& reply) {
  const auto* results = reply.has_value() ? std::get_if<EntryResults>(&*reply) : nullptr;
  if (results == nullptr) return Describe(reply);
  const std::optional<ApiErrorCode>& result = results->results.front();
  return result.has_value() ? std::string(ApiErrorCodeName(*result)) : "ok";
}

}  // namespace

BrokerDriver::BrokerDriver() : now_(At(absl::ZeroDuration())) {
  broker_.Start(ReceiptKey{1, 2, 3}, outcome_);
  TakeIn();
}

std::optional<Reply> BrokerDriver::Do(Command command) {
  outcome_.Clear();
  std::optional<Reply> reply = broker_.Handle(now_, std::move(command), outcome_);
  TakeIn();
  return reply;
}

absl::Duration BrokerDriver::Advance(int budget) {
  outcome_.Clear();
  const Timestamp next = broker_.Advance(now_, budget, outcome_);
  TakeIn();
  return next == Timestamp::Infinite() ? absl::InfiniteDuration() : next - now_;
}

void BrokerDriver::TakeIn() {
  log_.insert(log_.end(), outcome_.records.begin(), outcome_.records.end());
  for (const Outcome::Answer& answer : outcome_.answers) answers_.push_back(AnswerText(answer));
}

QueueId BrokerDriver::Create(absl::string_view name, const GivenQueueAttributes& attributes) {
  const auto reply = Do(CreateQueue{.name = Name(name), .attributes = attributes});
  EXPECT_TRUE(std::holds_alternative<QueueCreated>(*reply)) << Describe(reply);
  return std::get<QueueCreated>(*reply).queue;
}

std::string BrokerDriver::Send(QueueId queue, const std::vector<uint64_t>& numbers,
                               absl::string_view group) {
  SendMessages send{.queue = queue, .entries = {}};
  for (const uint64_t number : numbers) {
    send.entries.push_back(
        {.message = group.empty() ? Message(number) : FifoMessage(number, group), .payload = {}});
  }
  const auto reply = Do(std::move(send));
  const auto* sent = std::get_if<MessagesSent>(&*reply);
  if (sent == nullptr) return Describe(reply);
  const auto& last = std::get<SentMessage>(sent->results.back());
  return last.outcome == SentMessage::Outcome::kDuplicate ? "duplicate" : "ok";
}

std::string BrokerDriver::Send(QueueId queue, uint64_t number, absl::string_view group) {
  return Send(queue, std::vector<uint64_t>{number}, group);
}

std::string BrokerDriver::Receive(QueueId queue, const Options& options) {
  const auto reply = Do(ReceiveMessages{.queue = queue,
                                        .waiter = WaiterId{++waiters_},
                                        .messages_max = options.messages_max,
                                        .visibility = options.visibility,
                                        .wait = options.wait});
  const auto* received = reply.has_value() ? std::get_if<MessagesReceived>(&*reply) : nullptr;
  return received == nullptr ? Describe(reply) : Numbers(*received);
}

std::string BrokerDriver::Delete(QueueId queue, uint64_t number) {
  return FirstResult(Do(DeleteMessages{.queue = queue, .receipts = {receipt(number)}}));
}

std::string BrokerDriver::ChangeVisibility(QueueId queue, uint64_t number,
                                           absl::Duration visibility) {
  return FirstResult(Do(twinq::ChangeVisibility{
      .queue = queue, .entries = {{.receipt = receipt(number), .visibility = visibility}}}));
}

std::vector<std::string> BrokerDriver::TakeAnswers() { return std::exchange(answers_, {}); }

QueueCounts BrokerDriver::Counts(QueueId queue) {
  for (const QueueState* state : broker_.queues()) {
    if (state->id == queue) return state->queue->counts();
  }
  ADD_FAILURE() << "there is no queue " << queue.value();
  return {};
}

std::string BrokerDriver::Numbers(const MessagesReceived& received) {
  std::vector<uint64_t> numbers;
  for (const MessagesReceived::Entry& entry : received.entries) {
    numbers.push_back(entry.delivery.body.value());
    receipts_[numbers.back()] = entry.delivery.receipt;
  }
  return numbers.empty() ? "nothing" : absl::StrJoin(numbers, " ");
}

std::string BrokerDriver::AnswerText(const Outcome::Answer& answer) {
  std::string text = absl::StrCat(static_cast<uint64_t>(answer.waiter), ": ");
  const auto* received = std::get_if<MessagesReceived>(&answer.reply);
  if (received == nullptr) return text + Describe(answer.reply);
  text += Numbers(*received);
  if (!received->entries.empty()) {
    const Timestamp at = received->entries.front().delivery.receipt.received_at;
    absl::StrAppend(&text, "@", absl::FormatDuration(at - At(absl::ZeroDuration())));
  }
  return text;
}

}  // namespace twinq
