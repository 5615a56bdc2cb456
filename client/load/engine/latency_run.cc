#include "client/load/engine/latency_run.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "client/lib/channel.h"
#include "client/load/engine/message_tag.h"
#include "client/load/engine/poll_watch.h"
#include "client/load/engine/stop_signal.h"
#include "core/base/status_macros.h"
#include "platform/thread.h"

namespace twinq::load {
namespace {

using client::QueueClient;

constexpr int64_t kMessagesMax = 1'000'000'000;
constexpr absl::Duration kWait = absl::Seconds(1);
constexpr absl::Duration kPatience = absl::Seconds(10);
// Until the poll, which the consumer is about to send, has surely reached the server.
constexpr absl::Duration kSettle = absl::Milliseconds(2);

// Polls, receives and deletes, and tells what it does.
class PollingConsumer {
 public:
  PollingConsumer(const Target& target, const Clock& clock, PollWatch& watch)
      : target_(target), clock_(clock), watch_(watch), client_(client::Connect(target.server)) {}

  void Run(const StopSignal& stop) {
    while (!stop.is_given()) {
      if (const absl::Status polled = Poll(); !polled.ok()) return watch_.Fail(polled);
    }
  }

 private:
  absl::Status Poll() {
    watch_.BeginPoll();
    TWINQ_ASSIGN_OR_RETURN(const std::vector<client::ReceivedMessage> messages,
                           client_.ReceiveMessages(target_.queue_name, {.wait = kWait}));
    const absl::Time received_at = clock_.Now();
    if (messages.empty()) return absl::OkStatus();
    TWINQ_ASSIGN_OR_RETURN(const MessageTag tag, DecodeBody(messages.front().body));
    TWINQ_RETURN_IF_ERROR(
        client_.DeleteMessage(target_.queue_name, messages.front().receipt_handle));
    watch_.Received(tag.name, received_at);
    return absl::OkStatus();
  }

  const Target& target_;
  const Clock& clock_;
  PollWatch& watch_;
  QueueClient client_;
};

// Sends one message after the other, each when the consumer polls.
class WaitingProducer {
 public:
  WaitingProducer(const LatencyPlan& plan, const Target& target, const Clock& clock,
                  PollWatch& watch)
      : plan_(plan),
        target_(target),
        clock_(clock),
        watch_(watch),
        client_(client::Connect(target.server)) {}

  absl::Status Run(StopSignal& stop, LatencyResult& result) {
    const absl::Time ends_at = clock_.Now() + plan_.duration;
    const int64_t messages_max = plan_.messages_max.value_or(kMessagesMax);
    for (uint32_t number = 0; number < messages_max && clock_.Now() < ends_at; ++number) {
      TWINQ_RETURN_IF_ERROR(watch_.WaitForPoll());
      stop.WaitFor(kSettle);
      TWINQ_RETURN_IF_ERROR(SendOne(number, result));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status SendOne(uint32_t number, LatencyResult& result) {
    client::SendOptions options;
    if (target_.kind == client::QueueKind::kFifo) {
      options.group_id = "group";
      options.dedup_id = absl::StrCat(number);
    }
    const absl::Time sent_at = clock_.Now();
    const MessageTag tag = {.name = {.number = number}, .due_at = sent_at};
    const std::string body = EncodeBody(tag, plan_.body_bytes);
    TWINQ_RETURN_IF_ERROR(client_.SendMessage(target_.queue_name, body, options).status());
    const absl::Time answered_at = clock_.Now();
    TWINQ_ASSIGN_OR_RETURN(const absl::Time received_at,
                           watch_.WaitForMessage(tag.name, kPatience));
    result.send.Record(answered_at - sent_at);
    result.send_to_receive.Record(received_at - sent_at);
    return absl::OkStatus();
  }

  const LatencyPlan& plan_;
  const Target& target_;
  const Clock& clock_;
  PollWatch& watch_;
  QueueClient client_;
};

absl::Status Measure(const LatencyPlan& plan, const Target& target, const Clock& clock,
                     LatencyResult& result) {
  PollWatch watch;
  StopSignal stop;
  PollingConsumer consumer(target, clock, watch);
  WaitingProducer producer(plan, target, clock, watch);
  const platform::Thread thread("consumer", [&] { consumer.Run(stop); });
  absl::Status measured = producer.Run(stop, result);
  stop.Give();
  return measured;
}

}  // namespace

absl::StatusOr<LatencyResult> MeasureLatency(const LatencyPlan& plan, const Target& target,
                                             const Clock& clock) {
  QueueClient client(client::Connect(target.server));
  TWINQ_RETURN_IF_ERROR(client.CreateQueue(target.queue_name, target.kind).status());
  LatencyResult result;
  result.kind = target.kind;
  const absl::Status measured = Measure(plan, target, clock, result);
  const absl::Status deleted = client.DeleteQueue(target.queue_name);
  TWINQ_RETURN_IF_ERROR(measured);
  TWINQ_RETURN_IF_ERROR(deleted);
  return result;
}

}  // namespace twinq::load
