#include "client/lib/consumer.h"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/lib/call_status.h"
#include "client/lib/channel.h"
#include "platform/mutex.h"
#include "tests/client/manual_waiting_clock.h"
#include "tests/client/scripted_server.h"
#include "tests/support/gate.h"

namespace twinq::client {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Handles = std::vector<std::string>;

// Answers receives with what the test hands it, holds those that find nothing, and notes what is
// deleted and hidden.
class QueueServer {
 public:
  QueueServer() { Start("127.0.0.1:0"); }
  ~QueueServer() { Stop(); }

  const std::string& address() const { return address_; }

  // In the middle of whatever it does.
  void Stop() {
    {
      const platform::MutexLock lock(mutex_);
      is_ending_ = true;
      changed_.NotifyAll();
    }
    server_ = nullptr;
  }
  void Restart() {
    Stop();
    Start(address_);
  }

  // What the next receive is answered, all at once.
  void Deliver(const std::vector<std::pair<std::string, std::string>>& ids_and_groups) {
    v1::ReceiveMessageResponse answer;
    const platform::MutexLock lock(mutex_);
    for (const auto& [id, group] : ids_and_groups) {
      v1::Message& message = *answer.add_messages();
      message.set_message_id(id);
      message.set_body(id);
      message.set_receipt_handle(absl::StrCat(id, "#", ++receives_of_[id]));
      (*message.mutable_attributes())["MessageGroupId"] = group;
    }
    answers_.push_back(std::move(answer));
    changed_.NotifyAll();
  }
  void FailNextReceive(absl::Status status) {
    const platform::MutexLock lock(mutex_);
    failures_.push_back(std::move(status));
    changed_.NotifyAll();
  }
  // The next delete is done, and its answer is lost.
  void LoseNextDelete() {
    const platform::MutexLock lock(mutex_);
    loses_delete_ = true;
  }
  void Refuse(const std::string& handle) {
    const platform::MutexLock lock(mutex_);
    refused_.insert(handle);
  }

  // Each waits until so many have come, and returns them in their order.
  Handles AwaitDeleted(size_t count) { return Await(deleted_, count); }
  Handles AwaitReleased(size_t count) { return Await(released_, count); }
  Handles AwaitExtended(size_t count) { return Await(extended_, count); }
  std::vector<int> AwaitReceives(size_t count) {
    const platform::MutexLock lock(mutex_);
    while (asked_.size() < count) changed_.Wait(mutex_);
    return asked_;
  }
  Handles deleted() { return AwaitDeleted(0); }

 private:
  void Start(const std::string& address) {
    {
      const platform::MutexLock lock(mutex_);
      is_ending_ = false;
    }
    server_ = std::make_unique<ScriptedServer>(
        ScriptedServer::Script{
            .receive_message = [this](const auto&, const auto& request,
                                      auto& response) { return Receive(request, response); },
            .delete_message_batch = [this](const auto&, const auto& request,
                                           auto& response) { return Delete(request, response); },
            .change_message_visibility_batch =
                [this](const auto&, const auto& request, auto& response) {
                  return Change(request, response);
                }},
        address);
    address_ = server_->address();
  }

  Handles Await(const Handles& noted, size_t count) {
    const platform::MutexLock lock(mutex_);
    while (noted.size() < count) changed_.Wait(mutex_);
    return noted;
  }

  absl::Status Receive(const v1::ReceiveMessageRequest& request,
                       v1::ReceiveMessageResponse& response) {
    const platform::MutexLock lock(mutex_);
    asked_.push_back(request.max_number_of_messages());
    changed_.NotifyAll();
    while (answers_.empty() && failures_.empty() && !is_ending_) changed_.Wait(mutex_);
    if (is_ending_) return absl::UnavailableError("ending");
    if (!failures_.empty()) {
      absl::Status failure = failures_.front();
      failures_.pop_front();
      return failure;
    }
    response = answers_.front();
    answers_.pop_front();
    return absl::OkStatus();
  }

  absl::Status Delete(const v1::DeleteMessageBatchRequest& request,
                      v1::DeleteMessageBatchResponse& response) {
    const platform::MutexLock lock(mutex_);
    for (const auto& entry : request.entries()) Note(entry, deleted_, response);
    changed_.NotifyAll();
    return std::exchange(loses_delete_, false) ? absl::UnavailableError("lost") : absl::OkStatus();
  }

  absl::Status Change(const v1::ChangeMessageVisibilityBatchRequest& request,
                      v1::ChangeMessageVisibilityBatchResponse& response) {
    const platform::MutexLock lock(mutex_);
    for (const auto& entry : request.entries()) {
      Note(entry, entry.visibility_timeout() == 0 ? released_ : extended_, response);
    }
    changed_.NotifyAll();
    return absl::OkStatus();
  }

  void Note(const auto& entry, Handles& handles, auto& response)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    handles.push_back(entry.receipt_handle());
    if (refused_.contains(entry.receipt_handle())) {
      auto& failed = *response.add_failed();
      failed.set_id(entry.id());
      failed.set_code("ReceiptHandleIsInvalid");
      failed.set_message("The receipt handle has expired");
      failed.set_sender_fault(true);
    } else {
      response.add_successful()->set_id(entry.id());
    }
  }

  platform::Mutex mutex_;
  platform::CondVar changed_;
  std::string address_;
  bool is_ending_ ABSL_GUARDED_BY(mutex_) = false;
  bool loses_delete_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<std::string, int> receives_of_ ABSL_GUARDED_BY(mutex_);
  std::deque<v1::ReceiveMessageResponse> answers_ ABSL_GUARDED_BY(mutex_);
  std::deque<absl::Status> failures_ ABSL_GUARDED_BY(mutex_);
  std::set<std::string> refused_ ABSL_GUARDED_BY(mutex_);
  std::vector<int> asked_ ABSL_GUARDED_BY(mutex_);
  Handles deleted_;  // These three are read under the lock too, by Await().
  Handles released_;
  Handles extended_;
  std::unique_ptr<ScriptedServer> server_;  // Last: it calls what is above.
};

// What handlers were given, in the order in which they began.
class Handled {
 public:
  void Note(const std::string& body) {
    const platform::MutexLock lock(mutex_);
    bodies_.push_back(body);
    changed_.NotifyAll();
  }
  std::vector<std::string> Await(size_t count) {
    const platform::MutexLock lock(mutex_);
    while (bodies_.size() < count) changed_.Wait(mutex_);
    return bodies_;
  }

 private:
  platform::Mutex mutex_;
  platform::CondVar changed_;
  std::vector<std::string> bodies_ ABSL_GUARDED_BY(mutex_);
};

class ConsumerTest : public ::testing::Test {
 protected:
  ConsumerOptions Options() {
    ConsumerOptions options;
    options.clock = &clock_;
    options.seed = 1;
    return options;
  }
  // Notes each message, then waits at the gate, then answers what the test says.
  std::unique_ptr<Consumer> Make(const std::string& queue, const ConsumerOptions& options) {
    auto consumer = std::make_unique<Consumer>(Connect(server_.address()), queue, options);
    consumer->Start([this](const ReceivedMessage& message) -> absl::Status {
      handled_.Note(message.body);
      gate_.Pass();
      if (message.body.starts_with("bad")) return absl::InternalError("no");
      if (message.body.starts_with("throw")) return std::vector<absl::Status>().at(0);
      return absl::OkStatus();
    });
    return consumer;
  }

  ManualWaitingClock clock_;
  QueueServer server_;
  Handled handled_;
  Gate gate_;
};

TEST_F(ConsumerTest, AHandledMessageIsDeleted) {
  const auto consumer = Make("q", Options());
  server_.Deliver({{"a", ""}, {"b", ""}});

  EXPECT_THAT(server_.AwaitDeleted(2), ::testing::UnorderedElementsAre("a#1", "b#1"));
}

TEST_F(ConsumerTest, AsManyMessagesAreAskedForAsHandlersAreFree) {
  ConsumerOptions options = Options();
  options.handlers = 3;
  const auto consumer = Make("q", options);
  gate_.Close();
  server_.Deliver({{"a", ""}});

  EXPECT_THAT(server_.AwaitReceives(2), ElementsAre(3, 2));
  gate_.Open();
}

TEST_F(ConsumerTest, MoreAreAskedForIfTheUserWantsThemEarly) {
  ConsumerOptions options = Options();
  options.handlers = 3;
  options.prefetch = 4;
  const auto consumer = Make("q", options);

  EXPECT_THAT(server_.AwaitReceives(1), ElementsAre(7));
}

TEST_F(ConsumerTest, AMessageWhoseHandlerFailedIsGivenBackAndNotDeleted) {
  const auto consumer = Make("q", Options());
  server_.Deliver({{"bad", ""}, {"throw", ""}, {"good", ""}});

  EXPECT_THAT(server_.AwaitReleased(2), ::testing::UnorderedElementsAre("bad#1", "throw#1"));
  EXPECT_THAT(server_.AwaitDeleted(1), ElementsAre("good#1"));
}

TEST_F(ConsumerTest, AMessageWhoseHandlerFailedIsLeftAloneIfTheUserWantsThat) {
  ConsumerOptions options = Options();
  options.after_failure = AfterFailure::kWait;
  std::vector<absl::Status> troubles;
  options.on_trouble = [&troubles](const absl::Status& trouble) { troubles.push_back(trouble); };
  options.handlers = 1;
  const auto consumer = Make("q", options);
  server_.Deliver({{"bad", ""}});
  server_.Deliver({{"good", ""}});

  server_.AwaitDeleted(1);
  consumer->Stop();
  EXPECT_THAT(server_.AwaitReleased(0), IsEmpty());
  EXPECT_THAT(troubles, Contains(absl::InternalError("no")));
}

TEST_F(ConsumerTest, AFifoGroupIsHandledInItsOrderAndGroupsBesideOneAnother) {
  const auto consumer = Make("q.fifo", Options());
  gate_.Close();
  server_.Deliver({{"a1", "a"}, {"a2", "a"}, {"b1", "b"}});

  EXPECT_THAT(handled_.Await(2), ::testing::UnorderedElementsAre("a1", "b1"));
  gate_.Open();
  EXPECT_THAT(handled_.Await(3)[2], "a2");
}

TEST_F(ConsumerTest, AfterAFailureTheRestOfItsGroupIsGivenBackBehindIt) {
  const auto consumer = Make("q.fifo", Options());
  server_.Deliver({{"bad1", "a"}, {"a2", "a"}, {"a3", "a"}});

  EXPECT_THAT(server_.AwaitReleased(3), ElementsAre("a3#1", "a2#1", "bad1#1"));
  EXPECT_THAT(handled_.Await(1), ElementsAre("bad1"));
}

TEST_F(ConsumerTest, VisibilityIsExtendedWhileAHandlerRuns) {
  const auto consumer = Make("q", Options());
  const absl::Time start = clock_.Now();
  gate_.Close();
  server_.Deliver({{"a", ""}});
  handled_.Await(1);
  clock_.AwaitAlarm(start + absl::Seconds(15));
  clock_.Advance(absl::Seconds(15));
  clock_.AwaitAlarm(start + absl::Seconds(30));
  clock_.Advance(absl::Seconds(15));

  EXPECT_THAT(server_.AwaitExtended(2), ElementsAre("a#1", "a#1"));
  gate_.Open();
  EXPECT_THAT(server_.AwaitDeleted(1), ElementsAre("a#1"));
}

TEST_F(ConsumerTest, ADeleteWhoseAnswerIsLostIsRepeated) {
  ConsumerOptions options = Options();
  options.retry.pause_min = options.retry.pause_max = absl::ZeroDuration();
  const auto consumer = Make("q", options);
  server_.LoseNextDelete();
  server_.Deliver({{"a", ""}});

  EXPECT_THAT(server_.AwaitDeleted(2), ElementsAre("a#1", "a#1"));
  EXPECT_THAT(handled_.Await(1), ElementsAre("a"));
}

TEST_F(ConsumerTest, AMessageWhoseAckCameTooLateIsAcknowledgedAgainAndNotHandledAgain) {
  const auto consumer = Make("q.fifo", Options());
  server_.Refuse("a#1");
  server_.Deliver({{"a", "g"}});
  server_.AwaitDeleted(1);
  server_.Deliver({{"a", "g"}, {"b", "g"}});

  EXPECT_THAT(handled_.Await(2), ElementsAre("a", "b"));
  EXPECT_THAT(server_.AwaitDeleted(3), ::testing::UnorderedElementsAre("a#1", "a#2", "b#1"));
}

TEST_F(ConsumerTest, APollThatFailsIsRepeatedAfterAPause) {
  ConsumerOptions options = Options();
  Gate told;
  options.on_trouble = [&told](const absl::Status&) { told.Pass(); };
  told.Close();
  const auto consumer = Make("q", options);
  server_.FailNextReceive(absl::UnavailableError("lost"));
  told.AwaitSomebody();
  told.Open();
  clock_.AdvanceToNextAlarm();
  server_.Deliver({{"a", ""}});

  EXPECT_THAT(handled_.Await(1), ElementsAre("a"));
}

TEST_F(ConsumerTest, ItGoesOnAfterTheServerWasRestarted) {
  ConsumerOptions options = Options();
  options.on_trouble = [this](const absl::Status&) { handled_.Note("trouble"); };
  const auto consumer = Make("q", options);
  server_.AwaitReceives(1);
  server_.Restart();
  server_.Deliver({{"a", ""}});
  size_t events = 1;
  for (; handled_.Await(events)[events - 1] == "trouble"; ++events) clock_.AdvanceToNextAlarm();

  EXPECT_GT(events, 1u);
  EXPECT_THAT(server_.AwaitDeleted(1), ElementsAre("a#1"));
}

TEST_F(ConsumerTest, AFailureThatDoesNotPassEndsIt) {
  const auto consumer = Make("q", Options());
  server_.FailNextReceive(
      WithSqsErrorName(absl::NotFoundError("no such queue"), "QueueDoesNotExist"));

  EXPECT_EQ(SqsErrorName(consumer->Wait()), "QueueDoesNotExist");
}

TEST_F(ConsumerTest, AStopCancelsThePollAndWaitsForTheHandlersAndTheirAcks) {
  const auto consumer = Make("q", Options());
  gate_.Close();
  server_.Deliver({{"a", ""}});
  handled_.Await(1);
  server_.AwaitReceives(2);  // The one that it stands in now.

  consumer->BeginStop();
  EXPECT_THAT(server_.deleted(), IsEmpty());
  gate_.Open();

  EXPECT_TRUE(consumer->Wait().ok());
  EXPECT_THAT(server_.deleted(), ElementsAre("a#1"));
}

TEST_F(ConsumerTest, AStopGivesBackWhatHasNotBegun) {
  ConsumerOptions options = Options();
  options.handlers = 1;
  options.prefetch = 2;
  const auto consumer = Make("q.fifo", options);
  gate_.Close();
  server_.Deliver({{"a1", "a"}, {"a2", "a"}, {"b1", "b"}});
  handled_.Await(1);

  consumer->BeginStop();
  EXPECT_THAT(server_.AwaitReleased(2), ElementsAre("b1#1", "a2#1"));
  gate_.Open();
  EXPECT_TRUE(consumer->Wait().ok());
  EXPECT_THAT(handled_.Await(1), ElementsAre("a1"));
  EXPECT_THAT(server_.deleted(), ElementsAre("a1#1"));
}

TEST_F(ConsumerTest, AHandlerMayBeginTheStop) {
  Consumer consumer(Connect(server_.address()), "q", Options());
  server_.Deliver({{"a", ""}});

  const absl::Status outcome = consumer.Run([&consumer](const ReceivedMessage&) {
    consumer.BeginStop();
    return absl::OkStatus();
  });

  EXPECT_TRUE(outcome.ok());
  EXPECT_THAT(server_.deleted(), ElementsAre("a#1"));
}

TEST_F(ConsumerTest, OneThatWasNotStartedEndsToo) {
  const Consumer consumer(Connect(server_.address()), "q", Options());

  EXPECT_THAT(server_.deleted(), IsEmpty());
}

}  // namespace
}  // namespace twinq::client
