#include "client/lib/producer.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/types/span.h"

#include "client/lib/send_buffer.h"
#include "core/base/check.h"
#include "core/base/random.h"
#include "platform/entropy.h"
#include "platform/mutex.h"
#include "platform/thread.h"
#include "platform/waiting_clock.h"

namespace twinq::client {
namespace {

// Dedup ids are known for five minutes from the first send; a call may take some of them.
constexpr absl::Duration kFifoGiveUpMax = absl::Minutes(4);

ProducerOptions Checked(ProducerOptions options, QueueKind kind) {
  TWINQ_CHECK(options.batch_messages_max >= 1 && options.batch_messages_max <= 10);
  TWINQ_CHECK(options.calls_max >= 1);
  TWINQ_CHECK(options.pending_messages_max >= 1);
  if (kind == QueueKind::kFifo) {
    options.retry.give_up_after = std::min(options.retry.give_up_after, kFifoGiveUpMax);
  }
  return options;
}

}  // namespace

// What the threads share.
class Producer::Work {
 public:
  Work(const std::shared_ptr<grpc::ChannelInterface>& channel, std::string queue,
       const ProducerOptions& options)
      : kind_(KindOfQueue(queue)),
        options_(Checked(options, kind_)),
        queue_(std::move(queue)),
        clock_(options.clock != nullptr ? *options.clock : platform::MachineWaitingClock()),
        client_(channel, options.call_timeout, WhenUnavailable::kWait),
        random_(options.seed.has_value() ? *options.seed : platform::Entropy().Next()),
        buffer_({.messages_max = static_cast<size_t>(options.batch_messages_max),
                 .bytes_max = options.batch_bytes_max,
                 .linger = options.linger},
                kind_) {
    for (int i = 0; i < options_.calls_max; ++i) {
      threads_.emplace_back("twinq-producer", [this] { SendBatches(); });
    }
  }

  ~Work() {
    Flush();
    {
      const platform::MutexLock lock(mutex_);
      is_ending_ = true;
      due_.NotifyAll();
    }
    threads_.clear();
  }

  void Send(OutgoingMessage message, OnOutcome on_outcome) {
    const platform::MutexLock lock(mutex_);
    const size_t bytes = SizeOf(message);
    while (!HasRoomFor(bytes)) room_.Wait(mutex_);
    Take(std::move(message), std::move(on_outcome), bytes);
  }

  bool TrySend(OutgoingMessage&& message, OnOutcome on_outcome) {
    const platform::MutexLock lock(mutex_);
    const size_t bytes = SizeOf(message);
    if (!HasRoomFor(bytes)) return false;
    Take(std::move(message), std::move(on_outcome), bytes);
    return true;
  }

  void Flush() {
    const platform::MutexLock lock(mutex_);
    const uint64_t flush = next_flush_++;
    ++flushing_;
    due_.NotifyAll();
    while (!unfinished_.empty() && unfinished_.begin()->first <= flush) finished_.Wait(mutex_);
    --flushing_;
  }

 private:
  using Batch = SendBuffer::Batch;

  bool HasRoomFor(size_t bytes) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return pending_messages_ == 0 || (pending_messages_ < options_.pending_messages_max &&
                                      pending_bytes_ + bytes <= options_.pending_bytes_max);
  }

  void Take(OutgoingMessage message, OnOutcome on_outcome, size_t bytes)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    ++pending_messages_;
    pending_bytes_ += bytes;
    ++unfinished_[next_flush_];
    const absl::Time due_before = buffer_.DueAt();
    buffer_.Add(
        {.message = std::move(message), .on_outcome = std::move(on_outcome), .flush = next_flush_},
        clock_.Now());
    // Else somebody already waits for that moment, or is at work.
    const bool is_another_full =
        buffer_.messages_ready() % static_cast<size_t>(options_.batch_messages_max) == 0;
    if (buffer_.DueAt() < due_before || is_another_full) due_.NotifyOne();
  }

  // What each thread does.
  void SendBatches() {
    mutex_.Lock();
    while (AwaitBatch()) {
      const Batch batch = buffer_.Take();
      if (buffer_.messages_ready() > 0) due_.NotifyOne();
      mutex_.Unlock();
      const std::vector<Outcome> outcomes = OutcomesOf(batch.messages);
      mutex_.Lock();
      buffer_.GiveBack(batch);
      MakeRoom(batch);
      mutex_.Unlock();
      for (size_t i = 0; i < outcomes.size(); ++i) batch.pending[i].on_outcome(outcomes[i]);
      mutex_.Lock();
      NoteFinished(batch);
    }
    mutex_.Unlock();
  }

  // False: there will be none any more.
  bool AwaitBatch() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (;;) {
      const absl::Time due = buffer_.DueAt();
      const bool is_due = due <= clock_.Now() || (flushing_ > 0 && buffer_.messages_ready() > 0);
      if (is_due) return true;
      if (is_ending_) return false;
      clock_.Wait(due_, mutex_, due);
    }
  }

  void MakeRoom(const Batch& batch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    pending_messages_ -= batch.messages.size();
    for (const OutgoingMessage& message : batch.messages) pending_bytes_ -= SizeOf(message);
    room_.NotifyAll();
  }

  void NoteFinished(const Batch& batch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (const PendingSend& pending : batch.pending) {
      const auto place = unfinished_.find(pending.flush);
      if (--place->second == 0) unfinished_.erase(place);
    }
    finished_.NotifyAll();
  }

  std::vector<Outcome> OutcomesOf(absl::Span<const OutgoingMessage> messages) {
    absl::StatusOr<std::vector<Outcome>> answer = Attempt(messages);
    if (answer.ok()) return *std::move(answer);
    // One bad message may have spoilt it for all; nothing was stored.
    if (absl::IsInvalidArgument(answer.status()) && messages.size() > 1) {
      std::vector<Outcome> outcomes;
      for (size_t i = 0; i < messages.size(); ++i) {
        outcomes.push_back(OutcomesOf(messages.subspan(i, 1)).front());
      }
      return outcomes;
    }
    return std::vector<Outcome>(messages.size(), answer.status());
  }

  absl::StatusOr<std::vector<Outcome>> Attempt(absl::Span<const OutgoingMessage> messages) {
    Attempts attempts(options_.retry, clock_.Now());
    for (;;) {
      absl::StatusOr<std::vector<Outcome>> answer = client_.SendMessageBatch(queue_, messages);
      if (answer.ok() || !MaySendAgain(FailureOf(answer.status()))) return answer;
      const platform::MutexLock lock(mutex_);
      const absl::Time next = attempts.Next(clock_.Now(), random_);
      if (next == absl::InfiniteFuture()) return answer;
      while (clock_.Now() < next) clock_.Wait(pause_, mutex_, next);
    }
  }

  bool MaySendAgain(Failure failure) const {
    switch (failure) {
      case Failure::kRefused:
        return false;
      case Failure::kNotNow:
        return true;
      case Failure::kUnknown:
        break;
    }
    return kind_ == QueueKind::kFifo || options_.when_unknown == WhenUnknown::kSendAgain;
  }

  const QueueKind kind_;
  const ProducerOptions options_;
  const std::string queue_;
  platform::WaitingClock& clock_;
  QueueClient client_;

  platform::Mutex mutex_;
  platform::CondVar due_;       // A batch may be due, or the end is.
  platform::CondVar room_;      // Less is pending.
  platform::CondVar finished_;  // Messages have had their outcomes.
  platform::CondVar pause_;     // Nobody notifies it: pauses end by the clock.
  SeededRandom random_ ABSL_GUARDED_BY(mutex_);
  SendBuffer buffer_ ABSL_GUARDED_BY(mutex_);
  size_t pending_messages_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t pending_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  // A flush waits for the messages that bear its number or an earlier one, of which so many have
  // had no outcome yet.
  uint64_t next_flush_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<uint64_t, int64_t> unfinished_ ABSL_GUARDED_BY(mutex_);
  int flushing_ ABSL_GUARDED_BY(mutex_) = 0;
  bool is_ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<platform::Thread> threads_;  // Last, so that they have ended before the rest goes.
};

Producer::Producer(const std::shared_ptr<grpc::ChannelInterface>& channel, std::string queue,
                   const ProducerOptions& options)
    : work_(std::make_unique<Work>(channel, std::move(queue), options)) {}

Producer::~Producer() = default;

std::future<Producer::Outcome> Producer::Send(OutgoingMessage message) {
  // A function must be copyable, a promise is not.
  auto promise = std::make_shared<std::promise<Outcome>>();
  std::future<Outcome> outcome = promise->get_future();
  Send(std::move(message), [promise](Outcome result) { promise->set_value(std::move(result)); });
  return outcome;
}

void Producer::Send(OutgoingMessage message, OnOutcome on_outcome) {
  work_->Send(std::move(message), std::move(on_outcome));
}

bool Producer::TrySend(OutgoingMessage&& message, OnOutcome on_outcome) {
  return work_->TrySend(std::move(message), std::move(on_outcome));
}

void Producer::Flush() { work_->Flush(); }

}  // namespace twinq::client
