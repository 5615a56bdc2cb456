#include "client/lib/producer.h"

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/lib/call_status.h"
#include "client/lib/channel.h"
#include "core/base/random.h"
#include "platform/mutex.h"
#include "platform/thread.h"
#include "tests/client/manual_waiting_clock.h"
#include "tests/client/scripted_server.h"
#include "tests/support/gate.h"

namespace twinq::client {
namespace {

using ::testing::ElementsAre;
using Bodies = std::vector<std::string>;

// Takes batches, notes their bodies, and answers each with what the test has laid ready, or by
// storing it.
class BatchServer {
 public:
  BatchServer() : server_(ScriptOf(*this)) {}

  const std::string& address() const { return server_.address(); }

  // What happens to the next batch, and to those behind it in turn.
  void AnswerNext(absl::Status status) {
    const platform::MutexLock lock(mutex_);
    answers_.push_back(std::move(status));
  }
  // Holds the answers of all batches from now on.
  void Hold() { gate_.Close(); }
  void LetGo() { gate_.Open(); }

  // Waits until so many batches have come, and returns them.
  std::vector<Bodies> Await(size_t batches) {
    const platform::MutexLock lock(mutex_);
    while (batches_.size() < batches) changed_.Wait(mutex_);
    return batches_;
  }

 private:
  static ScriptedServer::Script ScriptOf(BatchServer& self) {
    return {.send_message_batch = [&self](const auto&, const auto& request, auto& response) {
      return self.Take(request, response);
    }};
  }

  absl::Status Take(const v1::SendMessageBatchRequest& request,
                    v1::SendMessageBatchResponse& response) {
    absl::Status status;
    {
      const platform::MutexLock lock(mutex_);
      Bodies& bodies = batches_.emplace_back();
      for (const auto& entry : request.entries()) bodies.push_back(entry.message_body());
      changed_.NotifyAll();
      if (!answers_.empty()) {
        status = answers_.front();
        answers_.pop_front();
      }
    }
    gate_.Pass();
    for (const auto& entry : request.entries()) {
      if (entry.message_body() == "bad") {
        auto& failed = *response.add_failed();
        failed.set_id(entry.id());
        failed.set_code("InvalidMessageContents");
        failed.set_message("bad characters");
        failed.set_sender_fault(true);
        continue;
      }
      auto& successful = *response.add_successful();
      successful.set_id(entry.id());
      successful.set_message_id("id of " + entry.message_body());
    }
    return status;
  }

  platform::Mutex mutex_;
  platform::CondVar changed_;
  std::deque<absl::Status> answers_ ABSL_GUARDED_BY(mutex_);
  std::vector<Bodies> batches_ ABSL_GUARDED_BY(mutex_);
  Gate gate_;
  ScriptedServer server_;  // Last: it calls what is above.
};

class ProducerTest : public ::testing::Test {
 protected:
  ProducerOptions Options() {
    ProducerOptions options;
    options.clock = &clock_;
    options.seed = 1;
    return options;
  }
  std::unique_ptr<Producer> Make(const std::string& queue, const ProducerOptions& options) {
    return std::make_unique<Producer>(Connect(server_.address()), queue, options);
  }

  ManualWaitingClock clock_;
  BatchServer server_;
};

OutgoingMessage InGroup(const std::string& body, const std::string& group) {
  return {.body = body, .options = {.group_id = group, .dedup_id = body}};
}

TEST_F(ProducerTest, AMessageThatHasLingeredGoesWithTheOthersThatCame) {
  const auto producer = Make("q", Options());
  auto first = producer->Send({.body = "a"});
  auto second = producer->Send({.body = "b"});

  clock_.Advance(absl::Milliseconds(5));

  EXPECT_EQ(first.get().value().message_id, "id of a");
  EXPECT_EQ(second.get().value().message_id, "id of b");
  EXPECT_THAT(server_.Await(1), ElementsAre(Bodies{"a", "b"}));
}

TEST_F(ProducerTest, AFullBatchDoesNotLinger) {
  ProducerOptions options = Options();
  options.batch_messages_max = 2;
  const auto producer = Make("q", options);

  auto first = producer->Send({.body = "a"});
  auto second = producer->Send({.body = "b"});

  EXPECT_TRUE(first.get().ok());
  EXPECT_TRUE(second.get().ok());
}

TEST_F(ProducerTest, AFlushWaitsForTheOutcomesOfWhatWasSentBefore) {
  const auto producer = Make("q", Options());
  int outcomes = 0;
  for (int i = 0; i < 25; ++i) {
    producer->Send({.body = absl::StrCat(i)}, [&outcomes](const auto&) { ++outcomes; });
    if (i % 10 == 9) producer->Flush();
  }

  producer->Flush();

  EXPECT_EQ(outcomes, 25);
}

TEST_F(ProducerTest, TheEndSendsWhatIsPending) {
  auto producer = Make("q", Options());
  auto outcome = producer->Send({.body = "a"});

  producer = nullptr;

  EXPECT_TRUE(outcome.get().ok());
}

TEST_F(ProducerTest, EachMessageHasItsOwnOutcome) {
  const auto producer = Make("q", Options());
  auto good = producer->Send({.body = "good"});
  auto bad = producer->Send({.body = "bad"});
  producer->Flush();

  EXPECT_TRUE(good.get().ok());
  const absl::Status refused = bad.get().status();
  EXPECT_EQ(SqsErrorName(refused), "InvalidMessageContents");
  EXPECT_EQ(refused.message(), "bad characters");
}

TEST_F(ProducerTest, ABatchThatIsRefusedAsAWholeIsSentMessageByMessage) {
  const auto producer = Make("q", Options());
  const absl::Status refusal =
      WithSqsErrorName(absl::InvalidArgumentError("no group"), "InvalidParameterValue");
  server_.AnswerNext(refusal);
  server_.AnswerNext(absl::OkStatus());
  server_.AnswerNext(refusal);
  auto first = producer->Send({.body = "a"});
  auto second = producer->Send({.body = "b"});
  producer->Flush();

  EXPECT_TRUE(first.get().ok());
  EXPECT_EQ(second.get().status().message(), "no group");
  EXPECT_THAT(server_.Await(3), ElementsAre(Bodies{"a", "b"}, Bodies{"a"}, Bodies{"b"}));
}

TEST_F(ProducerTest, AStandardMessageWhoseFateIsUnknownIsNotSentAgain) {
  const auto producer = Make("q", Options());
  server_.AnswerNext(absl::UnavailableError("the answer is lost"));
  auto outcome = producer->Send({.body = "a"});
  producer->Flush();

  EXPECT_TRUE(absl::IsUnavailable(outcome.get().status()));
  EXPECT_EQ(server_.Await(1).size(), 1u);
}

TEST_F(ProducerTest, AStandardMessageWhoseFateIsUnknownIsSentAgainIfTheUserAsks) {
  ProducerOptions options = Options();
  options.when_unknown = WhenUnknown::kSendAgain;
  options.linger = absl::ZeroDuration();
  const auto producer = Make("q", options);
  server_.AnswerNext(absl::UnavailableError("the answer is lost"));
  auto outcome = producer->Send({.body = "a"});
  clock_.AdvanceToNextAlarm();

  EXPECT_TRUE(outcome.get().ok());
  EXPECT_THAT(server_.Await(2), ElementsAre(Bodies{"a"}, Bodies{"a"}));
}

TEST_F(ProducerTest, AMessageThatTheServerHadNoRoomForIsSentAgain) {
  ProducerOptions options = Options();
  options.linger = absl::ZeroDuration();
  const auto producer = Make("q", options);
  server_.AnswerNext(
      WithSqsErrorName(absl::ResourceExhaustedError("memory is full"), "RequestThrottled"));
  auto outcome = producer->Send({.body = "a"});
  clock_.AdvanceToNextAlarm();

  EXPECT_TRUE(outcome.get().ok());
}

TEST_F(ProducerTest, WithoutTimeForMoreThereIsOneAttempt) {
  ProducerOptions options = Options();
  options.retry.give_up_after = absl::ZeroDuration();
  const auto producer = Make("q.fifo", options);
  server_.AnswerNext(absl::UnavailableError("lost"));
  auto outcome = producer->Send(InGroup("a", "g"));
  producer->Flush();

  EXPECT_EQ(outcome.get().status().message(), "lost");
  EXPECT_EQ(server_.Await(1).size(), 1u);
}

TEST_F(ProducerTest, AFifoGroupDoesNotGoOnBeforeItsLostBatchIsThrough) {
  ProducerOptions options = Options();
  options.batch_messages_max = 1;
  const auto producer = Make("q.fifo", options);
  server_.AnswerNext(absl::UnavailableError("the answer is lost"));
  auto first = producer->Send(InGroup("a1", "a"));
  EXPECT_THAT(server_.Await(1), ElementsAre(Bodies{"a1"}));
  auto second = producer->Send(InGroup("a2", "a"));
  auto other = producer->Send(InGroup("b1", "b"));
  EXPECT_TRUE(other.get().ok()) << "another group goes on";
  clock_.AdvanceToNextAlarm();

  EXPECT_TRUE(second.get().ok());
  EXPECT_THAT(server_.Await(4),
              ElementsAre(Bodies{"a1"}, Bodies{"b1"}, Bodies{"a1"}, Bodies{"a2"}));
}

TEST_F(ProducerTest, AFifoMessageIsGivenUpWhileItsDedupIdIsStillKnown) {
  ProducerOptions options = Options();
  options.linger = absl::ZeroDuration();
  options.retry = {.pause_min = absl::Minutes(1),
                   .pause_max = absl::Minutes(1),
                   .give_up_after = absl::Hours(1)};
  SeededRandom same_pauses(*options.seed);
  RetryPolicy four_minutes = options.retry;
  four_minutes.give_up_after = absl::Minutes(4);
  Attempts expected(four_minutes, clock_.Now());
  const auto producer = Make("q.fifo", options);
  for (int i = 0; i < 100; ++i) server_.AnswerNext(absl::UnavailableError("lost"));

  auto outcome = producer->Send(InGroup("a", "g"));
  size_t attempts = 1;
  while (expected.Next(clock_.Now(), same_pauses) != absl::InfiniteFuture()) {
    clock_.AdvanceToNextAlarm();
    server_.Await(++attempts);
  }

  EXPECT_EQ(outcome.get().status().message(), "lost");
  EXPECT_EQ(server_.Await(1).size(), attempts);
}

TEST_F(ProducerTest, SendWaitsWhileTooMuchIsPending) {
  ProducerOptions options = Options();
  options.pending_messages_max = 2;
  options.batch_messages_max = 1;
  const auto producer = Make("q", options);
  server_.Hold();
  producer->Send({.body = "a"});
  producer->Send({.body = "b"});
  OutgoingMessage third = {.body = "c"};

  EXPECT_FALSE(producer->TrySend(std::move(third), [](const auto&) {}));
  EXPECT_EQ(third.body, "c") << "still the caller's";  // NOLINT(bugprone-use-after-move)
  std::future<Producer::Outcome> late;
  {
    const platform::Thread sender("sender", [&] { late = producer->Send({.body = "d"}); });
    server_.LetGo();
  }
  EXPECT_TRUE(late.get().ok());
}

TEST_F(ProducerTest, BytesOfPendingMessagesAreBoundedToo) {
  ProducerOptions options = Options();
  options.pending_bytes_max = 10;
  const auto producer = Make("q", options);
  server_.Hold();
  producer->Send({.body = std::string(20, 'a')});

  EXPECT_FALSE(producer->TrySend({.body = "b"}, [](const auto&) {}));
  server_.LetGo();
}

TEST_F(ProducerTest, SeveralBatchesOfAStandardQueueAreUnderWayAtOnce) {
  ProducerOptions options = Options();
  options.batch_messages_max = 1;
  options.calls_max = 3;
  const auto producer = Make("q", options);
  server_.Hold();
  for (const char* body : {"a", "b", "c", "d"}) producer->Send({.body = body});

  EXPECT_EQ(server_.Await(3).size(), 3u);
  server_.LetGo();
}

TEST(ProducerRestartTest, MessagesWaitForTheServerToComeBack) {
  std::string address;
  {
    const BatchServer gone;
    address = gone.address();
  }
  ManualWaitingClock clock;
  ProducerOptions options;
  options.clock = &clock;
  options.linger = absl::ZeroDuration();
  Producer producer(Connect(address), "q", options);
  auto outcome = producer.Send({.body = "a"});

  const ScriptedServer back({.send_message_batch =
                                 [](const auto&, const auto& request, auto& response) {
                                   auto& successful = *response.add_successful();
                                   successful.set_id(request.entries(0).id());
                                   successful.set_message_id("stored");
                                   return absl::OkStatus();
                                 }},
                            address);

  EXPECT_EQ(outcome.get().value().message_id, "stored");
}

}  // namespace
}  // namespace twinq::client
