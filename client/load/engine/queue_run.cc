#include "client/load/engine/queue_run.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"

#include "client/lib/call_status.h"
#include "client/lib/channel.h"
#include "client/load/engine/message_tag.h"
#include "client/load/engine/send_window.h"
#include "client/load/engine/tally.h"
#include "core/base/random.h"
#include "core/base/status_macros.h"
#include "platform/mutex.h"
#include "platform/thread.h"

namespace twinq::load {
namespace {

using client::QueueClient;
using client::QueueKind;
using client::ReceivedMessage;

constexpr int kReceiveMax = 10;  // SQS's limit.
constexpr absl::Duration kWait = absl::Seconds(1);
// A queue whose messages come back for ever has to be left at some time.
constexpr absl::Duration kDrainMax = absl::Minutes(2);

// One run: what its threads share, and what they do.
//
//   kSending ──producers done──► kDraining ──quiet──► consumers done
//
// While sending, consumers lose acks; while draining they do not, so the queue runs empty.
class QueueRun {
 public:
  // Borrows all three.
  QueueRun(const Workload& workload, const Target& target, const Clock& clock)
      : workload_(workload),
        target_(target),
        clock_(clock),
        ends_at_(clock.Now() + workload.duration),
        window_(workload.backlog_max),
        tally_(workload.producers, workload.groups) {}

  // Starts the threads and waits until they have ended. REQUIRES: called once.
  absl::StatusOr<RunResult> Run();

 private:
  enum class Phase { kSending, kDraining };

  void Produce(int producer);
  absl::Status Send(QueueClient& client, const MessageTag& tag, Random& random);
  void Consume(int consumer);
  absl::Status Handle(QueueClient& client, const std::vector<ReceivedMessage>& messages,
                      Random& random);
  absl::Status Record(const ReceivedMessage& message, absl::Time received_at);

  QueueClient NewClient() const { return QueueClient(client::Connect(target_.server)); }
  bool IsDrained();
  void BeginDraining();
  void Fail(const absl::Status& failure);

  const Workload& workload_;
  const Target& target_;
  const Clock& clock_;
  const absl::Time ends_at_;  // Of sending.
  SendWindow window_;
  std::atomic<Phase> phase_ = Phase::kSending;
  std::atomic<bool> has_failed_ = false;
  absl::Time draining_since_;  // Written before the phase changes, read after it.

  platform::Mutex mutex_;
  Tally tally_ ABSL_GUARDED_BY(mutex_);
  int64_t received_ ABSL_GUARDED_BY(mutex_) = 0;  // First deliveries.
  absl::Time last_received_ ABSL_GUARDED_BY(mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

absl::StatusOr<RunResult> QueueRun::Run() {
  const absl::Time began_at = clock_.Now();
  std::vector<platform::Thread> producers;
  std::vector<platform::Thread> consumers;
  producers.reserve(static_cast<size_t>(workload_.producers));
  consumers.reserve(static_cast<size_t>(workload_.consumers));
  for (int i = 0; i < workload_.consumers; ++i) {
    consumers.emplace_back("consumer", [this, i] { Consume(i); });
  }
  for (int i = 0; i < workload_.producers; ++i) {
    producers.emplace_back("producer", [this, i] { Produce(i); });
  }
  producers.clear();  // Joins.
  RunResult result;
  {
    platform::MutexLock lock(mutex_);
    result.throughput_per_s =
        static_cast<int64_t>(absl::FDivDuration(absl::Seconds(received_), clock_.Now() - began_at));
  }
  BeginDraining();
  consumers.clear();

  platform::MutexLock lock(mutex_);
  TWINQ_RETURN_IF_ERROR(failure_);
  result.counts = tally_.counts();
  result.latency_p50 = tally_.end_to_end().Percentile(0.5);
  result.latency_p99 = tally_.end_to_end().Percentile(0.99);
  return result;
}

void QueueRun::Produce(int producer) {
  QueueClient client = NewClient();
  SeededRandom random(workload_.seed + 2 * static_cast<uint64_t>(producer));
  for (int64_t number = 0; window_.Enter() == SendWindow::Entry::kOpen; ++number) {
    const absl::Time now = clock_.Now();
    if (now >= ends_at_) return;
    const auto groups = static_cast<uint64_t>(workload_.groups);
    const MessageTag tag{.producer = producer,
                         .number = number,
                         .group = static_cast<int>(random.Below(groups)),
                         .sent_at = now};
    if (const absl::Status sent = Send(client, tag, random); !sent.ok()) return Fail(sent);
  }
}

absl::Status QueueRun::Send(QueueClient& client, const MessageTag& tag, Random& random) {
  client::SendOptions options;
  if (target_.kind == QueueKind::kFifo) {
    options = {.group_id = absl::StrCat("group-", tag.group),
               .dedup_id = absl::StrCat(tag.producer, "-", tag.number)};
  }
  const std::string body = EncodeBody(tag, workload_.body_bytes);
  {
    platform::MutexLock lock(mutex_);
    tally_.Sending(tag);
  }
  TWINQ_RETURN_IF_ERROR(client.SendMessage(target_.queue_name, body, options).status());
  {
    platform::MutexLock lock(mutex_);
    tally_.Sent(tag);
  }
  if (!random.Chance(workload_.retry_send)) return absl::OkStatus();
  // As a producer does that never got the answer.
  return client.SendMessage(target_.queue_name, body, options).status();
}

void QueueRun::Consume(int consumer) {
  QueueClient client = NewClient();
  SeededRandom random(workload_.seed + 2 * static_cast<uint64_t>(consumer) + 1);
  while (!has_failed_ && !IsDrained()) {
    const auto messages = client.ReceiveMessages(
        target_.queue_name, {.messages_max = kReceiveMax,
                             .visibility_timeout = workload_.visibility_timeout,
                             .wait = kWait});
    if (!messages.ok()) return Fail(messages.status());
    // A producer that waits for a place does not see the time.
    if (clock_.Now() >= ends_at_) window_.Close();
    if (const absl::Status handled = Handle(client, *messages, random); !handled.ok()) {
      return Fail(handled);
    }
  }
}

absl::Status QueueRun::Handle(QueueClient& client, const std::vector<ReceivedMessage>& messages,
                              Random& random) {
  const absl::Time received_at = clock_.Now();
  for (const ReceivedMessage& message : messages) {
    // Before the delete, which on a FIFO queue lets other consumers go on with the group.
    TWINQ_RETURN_IF_ERROR(Record(message, received_at));
    const bool loses_ack = random.Chance(workload_.lose_ack);
    if (loses_ack && phase_ == Phase::kSending) continue;
    const absl::Status deleted = client.DeleteMessage(target_.queue_name, message.receipt_handle);
    // A FIFO handle that has expired: the ack came too late, so it is a lost one.
    if (absl::IsInvalidArgument(deleted) && !client::SqsErrorName(deleted).empty()) continue;
    TWINQ_RETURN_IF_ERROR(deleted);
  }
  return absl::OkStatus();
}

absl::Status QueueRun::Record(const ReceivedMessage& message, absl::Time received_at) {
  TWINQ_ASSIGN_OR_RETURN(const MessageTag tag, DecodeBody(message.body));
  platform::MutexLock lock(mutex_);
  TWINQ_ASSIGN_OR_RETURN(const auto delivery,
                         tally_.Delivered(tag, message.message_id, received_at));
  last_received_ = received_at;
  if (delivery == Tally::Delivery::kDuplicate) return absl::OkStatus();
  ++received_;
  window_.Leave();
  return absl::OkStatus();
}

void QueueRun::BeginDraining() {
  draining_since_ = clock_.Now();
  phase_ = Phase::kDraining;
}

bool QueueRun::IsDrained() {
  if (phase_ == Phase::kSending) return false;
  platform::MutexLock lock(mutex_);
  const absl::Time now = clock_.Now();
  const absl::Duration quiet = now - std::max(last_received_, draining_since_);
  return quiet > workload_.visibility_timeout + kWait || now - draining_since_ > kDrainMax;
}

void QueueRun::Fail(const absl::Status& failure) {
  has_failed_ = true;
  window_.Close();
  platform::MutexLock lock(mutex_);
  if (failure_.ok()) failure_ = failure;
}

}  // namespace

absl::StatusOr<RunResult> RunWorkload(const Workload& workload, const Target& target,
                                      const Clock& clock) {
  QueueClient client(client::Connect(target.server));
  TWINQ_RETURN_IF_ERROR(client.CreateQueue(target.queue_name, target.kind).status());
  absl::StatusOr<RunResult> result = QueueRun(workload, target, clock).Run();
  const absl::Status deleted = client.DeleteQueue(target.queue_name);
  if (result.ok() && !deleted.ok()) return deleted;
  return result;
}

}  // namespace twinq::load
