#include "client/lib/consumer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"

#include "client/lib/cancellation.h"
#include "client/lib/in_hand.h"
#include "core/base/check.h"
#include "core/base/random.h"
#include "platform/entropy.h"
#include "platform/mutex.h"
#include "platform/thread.h"
#include "platform/waiting_clock.h"

namespace twinq::client {
namespace {

constexpr int kReceiveMax = 10;
// In hand and handled, beyond which no more are received until acks have gone.
constexpr size_t kUnackedMax = 1'000;

ConsumerOptions Checked(ConsumerOptions options) {
  TWINQ_CHECK(options.handlers >= 1);
  TWINQ_CHECK(options.prefetch >= 0);
  TWINQ_CHECK(options.visibility_timeout >= absl::Seconds(1));
  return options;
}

std::vector<std::string> HandlesOf(const auto& entries) {
  std::vector<std::string> handles;
  handles.reserve(entries.size());
  for (const auto& entry : entries) handles.push_back(entry.receipt_handle);
  return handles;
}

absl::Status Handle(const Consumer::Handler& handler, const ReceivedMessage& message) {
  try {
    return handler(message);
  } catch (const std::exception& failure) {  // The handler is somebody else's code.
    return absl::UnknownError(absl::StrCat("the handler threw: ", failure.what()));
  }
}

}  // namespace

// What the threads share. Each has one kind of call to make, so that none waits for another's.
class Consumer::Work {
 public:
  Work(const std::shared_ptr<grpc::ChannelInterface>& channel, std::string queue,
       const ConsumerOptions& options)
      : kind_(KindOfQueue(queue)),
        options_(Checked(options)),
        queue_(std::move(queue)),
        clock_(options.clock != nullptr ? *options.clock : platform::MachineWaitingClock()),
        client_(channel, options.call_timeout),
        random_(options.seed.has_value() ? *options.seed : platform::Entropy().Next()),
        in_hand_(kind_, options.visibility_timeout) {}

  void Start(Handler handler) {
    const platform::MutexLock one_at_a_time(join_mutex_);
    TWINQ_CHECK(!handler_);
    handler_ = std::move(handler);
    for (int i = 0; i < options_.handlers; ++i) {
      handlers_.emplace_back("twinq-handler", [this] { HandleMessages(); });
    }
    receiver_ = platform::Thread("twinq-receive", [this] { Receive(); });
    acknowledger_ = platform::Thread("twinq-ack", [this] { AcknowledgeAndRelease(); });
    extender_ = platform::Thread("twinq-extend", [this] { Extend(); });
  }

  void BeginStop() {
    cancellation_.Cancel();
    const platform::MutexLock lock(mutex_);
    EndReceiving(absl::OkStatus());
  }

  absl::Status Wait() {
    mutex_.Lock();
    while (phase_ == Phase::kReceiving) stopping_.Wait(mutex_);
    mutex_.Unlock();

    const platform::MutexLock one_at_a_time(join_mutex_);
    receiver_.Join();
    handlers_.clear();
    Enter(Phase::kHandled);
    acknowledger_.Join();
    Enter(Phase::kAcknowledged);
    extender_.Join();

    const platform::MutexLock lock(mutex_);
    return failure_;
  }

 private:
  enum class Phase : uint8_t {
    kReceiving,
    kStopping,      // Nothing is received any more, handlers may run.
    kHandled,       // No handler runs any more, acks may be left.
    kAcknowledged,  // Nothing is left to do.
  };

  void Enter(Phase phase) {
    const platform::MutexLock lock(mutex_);
    phase_ = phase;
    NotifyAll();
  }

  bool is_stopping() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return phase_ != Phase::kReceiving;
  }

  void NotifyAll() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (platform::CondVar* condition :
         {&stopping_, &may_begin_, &may_receive_, &has_chores_, &extension_}) {
      condition->NotifyAll();
    }
  }

  void EndReceiving(const absl::Status& failure) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (is_stopping()) return;
    phase_ = Phase::kStopping;
    failure_ = failure;
    in_hand_.GiveBackWaiting();
    NotifyAll();
  }

  // Tells the user, without the lock.
  void Tell(const absl::Status& trouble) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!options_.on_trouble) return;
    mutex_.Unlock();
    options_.on_trouble(trouble);
    mutex_.Lock();
  }

  // The receiver's thread.
  void Receive() {
    RetryPolicy for_ever = options_.retry;
    for_ever.give_up_after = absl::InfiniteDuration();
    const platform::MutexLock lock(mutex_);
    Attempts attempts(for_ever, clock_.Now());
    while (const int room = AwaitRoom()) {
      const absl::Status received = ReceiveUpTo(room);
      if (is_stopping() && !received.ok()) return;
      if (received.ok()) {
        attempts = Attempts(for_ever, clock_.Now());
        continue;
      }
      if (FailureOf(received) == Failure::kRefused) return EndReceiving(received);
      Tell(received);
      Pause(attempts.Next(clock_.Now(), random_));
    }
  }

  // For how many messages there is room; 0: there is nothing to receive any more.
  int AwaitRoom() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (;;) {
      if (is_stopping()) return 0;
      const int room = options_.handlers + options_.prefetch - in_hand_.unhandled();
      if (room > 0 && in_hand_.size() < kUnackedMax) return std::min(room, kReceiveMax);
      may_receive_.Wait(mutex_);
    }
  }

  absl::Status ReceiveUpTo(int messages_max) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const bool needs_group = kind_ == QueueKind::kFifo && options_.details == Details::kBody;
    const ReceiveOptions options{.messages_max = messages_max,
                                 .visibility_timeout = options_.visibility_timeout,
                                 .wait = options_.wait,
                                 .details = needs_group ? Details::kGroup : options_.details};
    mutex_.Unlock();
    auto messages = client_.ReceiveMessages(queue_, options, &cancellation_);
    mutex_.Lock();
    if (!messages.ok()) return messages.status();
    in_hand_.Received(*std::move(messages), clock_.Now());
    if (is_stopping()) in_hand_.GiveBackWaiting();
    may_begin_.NotifyAll();
    has_chores_.NotifyAll();
    extension_.NotifyAll();
    return absl::OkStatus();
  }

  // Until the moment comes, or the end.
  void Pause(absl::Time until) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    while (!is_stopping() && clock_.Now() < until) clock_.Wait(may_receive_, mutex_, until);
  }

  // A handler's thread.
  void HandleMessages() {
    const platform::MutexLock lock(mutex_);
    for (;;) {
      const InHand::Task task = in_hand_.Begin(clock_.Now());
      if (task.message != nullptr) {
        HandleOne(task);
      } else if (is_stopping()) {
        return;
      } else {
        may_begin_.Wait(mutex_);
      }
    }
  }

  void HandleOne(const InHand::Task& task) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    mutex_.Unlock();
    const absl::Status outcome = Handle(handler_, *task.message);
    mutex_.Lock();
    if (outcome.ok()) {
      in_hand_.Handled(task.number);
    } else {
      in_hand_.Failed(task.number, options_.after_failure);
    }
    has_chores_.NotifyAll();
    may_receive_.NotifyAll();
    if (!outcome.ok()) Tell(outcome);
  }

  // The acknowledger's thread.
  void AcknowledgeAndRelease() {
    const platform::MutexLock lock(mutex_);
    for (;;) {
      if (in_hand_.HasReleases()) {
        ReleaseSome();
      } else if (in_hand_.HasAcks()) {
        AcknowledgeSome();
      } else if (phase_ == Phase::kHandled) {
        return;
      } else {
        has_chores_.Wait(mutex_);
      }
    }
  }

  void AcknowledgeSome() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const std::vector<InHand::Ack> acks = in_hand_.TakeAcks();
    const auto outcomes = Delete(HandlesOf(acks));
    for (size_t i = 0; i < acks.size(); ++i) {
      const absl::Status& outcome = outcomes.ok() ? (*outcomes)[i] : outcomes.status();
      in_hand_.AckDone(acks[i],
                       outcome.ok() ? InHand::AckOutcome::kDone : InHand::AckOutcome::kFailed);
      if (!outcome.ok()) Tell(outcome);
    }
    may_receive_.NotifyAll();
  }

  // A delete that is repeated does no harm.
  absl::StatusOr<std::vector<absl::Status>> Delete(const std::vector<std::string>& handles)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Attempts attempts(options_.retry, clock_.Now());
    for (;;) {
      mutex_.Unlock();
      auto outcomes = client_.DeleteMessageBatch(queue_, handles);
      mutex_.Lock();
      if (outcomes.ok() || FailureOf(outcomes.status()) == Failure::kRefused) return outcomes;
      const absl::Time next = attempts.Next(clock_.Now(), random_);
      if (next == absl::InfiniteFuture()) return outcomes;
      Tell(outcomes.status());
      while (clock_.Now() < next) clock_.Wait(has_chores_, mutex_, next);
    }
  }

  // Tried once: else their visibility timeout gives them back.
  void ReleaseSome() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const std::vector<std::string> handles = in_hand_.TakeReleases(clock_.Now());
    if (handles.empty()) return;
    mutex_.Unlock();
    const auto outcomes =
        client_.ChangeMessageVisibilityBatch(queue_, handles, absl::ZeroDuration());
    mutex_.Lock();
    if (!outcomes.ok()) Tell(outcomes.status());
  }

  // The extender's thread.
  void Extend() {
    const platform::MutexLock lock(mutex_);
    while (phase_ != Phase::kAcknowledged) {
      const absl::Time next = in_hand_.NextExtension();
      if (clock_.Now() < next) {
        clock_.Wait(extension_, mutex_, next);
      } else {
        ExtendSome();
      }
    }
  }

  void ExtendSome() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const absl::Time asked_at = clock_.Now();
    const std::vector<InHand::Extension> extensions = in_hand_.TakeExtensions(asked_at);
    if (!extensions.empty()) {
      mutex_.Unlock();
      const auto outcomes = client_.ChangeMessageVisibilityBatch(queue_, HandlesOf(extensions),
                                                                 options_.visibility_timeout);
      mutex_.Lock();
      for (size_t i = 0; i < extensions.size(); ++i) {
        NoteExtension(extensions[i], outcomes.ok() ? (*outcomes)[i] : outcomes.status(), asked_at);
      }
      if (!outcomes.ok()) Tell(outcomes.status());
    }
    has_chores_.NotifyAll();  // What was lost may have left others to give back.
    may_receive_.NotifyAll();
  }

  void NoteExtension(const InHand::Extension& extension, const absl::Status& outcome,
                     absl::Time asked_at) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (outcome.ok()) return in_hand_.Extended(extension, asked_at);
    if (FailureOf(outcome) == Failure::kRefused) return in_hand_.Refused(extension);
    in_hand_.Unanswered(extension, clock_.Now() + options_.retry.pause_max);
  }

  const QueueKind kind_;
  const ConsumerOptions options_;
  const std::string queue_;
  platform::WaitingClock& clock_;
  QueueClient client_;
  Cancellation cancellation_;  // Of the receive.

  platform::Mutex mutex_;
  platform::CondVar stopping_;
  platform::CondVar may_begin_;
  platform::CondVar may_receive_;
  platform::CondVar has_chores_;  // Acks or releases.
  platform::CondVar extension_;   // There is an earlier one than there was.
  SeededRandom random_ ABSL_GUARDED_BY(mutex_);
  InHand in_hand_ ABSL_GUARDED_BY(mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  Phase phase_ ABSL_GUARDED_BY(mutex_) = Phase::kReceiving;

  Handler handler_;             // Set before the threads begin.
  platform::Mutex join_mutex_;  // Of the threads' begin and end. Taken before `mutex_`.
  std::vector<platform::Thread> handlers_;
  platform::Thread receiver_;
  platform::Thread acknowledger_;
  platform::Thread extender_;
};

Consumer::Consumer(const std::shared_ptr<grpc::ChannelInterface>& channel, std::string queue,
                   const ConsumerOptions& options)
    : work_(std::make_unique<Work>(channel, std::move(queue), options)) {}

Consumer::~Consumer() { Stop(); }

absl::Status Consumer::Run(Handler handler) {
  Start(std::move(handler));
  return Wait();
}

void Consumer::Start(Handler handler) { work_->Start(std::move(handler)); }

absl::Status Consumer::Wait() { return work_->Wait(); }

void Consumer::BeginStop() { work_->BeginStop(); }

void Consumer::Stop() {
  work_->BeginStop();
  work_->Wait().IgnoreError();  // It is Wait()'s to tell.
}

}  // namespace twinq::client
