// Receives that wait: who wakes them, in which order, and when their wait ends.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "broker/broker.h"
#include "core/model/limits.h"
#include "tests/broker/broker_driver.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kWait = absl::Seconds(20);

class WaitersTest : public ::testing::Test {
 protected:
  BrokerDriver driver_;
  QueueId queue_ = driver_.Create("jobs");
  QueueId fifo_ = driver_.Create("jobs.fifo");
};

TEST_F(WaitersTest, AReceiveThatFindsSomethingDoesNotWait) {
  driver_.Send(queue_, 1);

  EXPECT_EQ(driver_.Receive(queue_, {.messages_max = 10, .wait = kWait}), "1");
}

TEST_F(WaitersTest, TheFirstToArriveIsServedFirst) {
  EXPECT_EQ(driver_.Receive(queue_, {.wait = kWait}), "waits");
  EXPECT_EQ(driver_.Receive(queue_, {.wait = kWait}), "waits");
  driver_.Wait(absl::Seconds(1));

  driver_.Send(queue_, 1);
  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("1: 1@1s"));
  driver_.Send(queue_, 2);
  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 2@1s"));
}

TEST_F(WaitersTest, ABatchFillsTheFirstBeforeTheNext) {
  driver_.Receive(queue_, {.messages_max = 2, .wait = kWait});
  driver_.Receive(queue_, {.messages_max = 10, .wait = kWait});

  driver_.Send(queue_, std::vector<uint64_t>{1, 2, 3});

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("1: 1 2@0", "2: 3@0"));
}

TEST_F(WaitersTest, TheEndOfAVisibilityWakes) {
  driver_.Send(queue_, 1);
  driver_.Receive(queue_, {.visibility = absl::Seconds(5)});
  driver_.Receive(queue_, {.wait = kWait});

  driver_.Wait(absl::Seconds(5));
  driver_.Advance();

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 1@5s"));
}

TEST_F(WaitersTest, AChangeToZeroWakes) {
  driver_.Send(queue_, 1);
  driver_.Receive(queue_);
  driver_.Receive(queue_, {.wait = kWait});

  EXPECT_EQ(driver_.ChangeVisibility(queue_, 1, absl::ZeroDuration()), "ok");

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 1@0"));
}

TEST_F(WaitersTest, AReleasedDeliveryWakes) {
  driver_.Send(queue_, 1);
  driver_.Receive(queue_);
  driver_.Receive(queue_, {.wait = kWait});

  driver_.Do(ReleaseDeliveries{.queue = queue_, .receipts = {driver_.receipt(1)}});

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 1@0"));
}

TEST_F(WaitersTest, DeletingTheHeadOfAGroupWakes) {
  driver_.Send(fifo_, std::vector<uint64_t>{1, 2}, "g");
  driver_.Receive(fifo_);
  EXPECT_EQ(driver_.Receive(fifo_, {.wait = kWait}), "waits");

  EXPECT_EQ(driver_.Delete(fifo_, 1), "ok");

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 2@0"));
}

TEST_F(WaitersTest, ASendToALockedGroupWakesNobody) {
  driver_.Send(fifo_, 1, "g");
  driver_.Receive(fifo_);
  driver_.Receive(fifo_, {.wait = kWait});

  driver_.Send(fifo_, 2, "g");
  EXPECT_THAT(driver_.TakeAnswers(), IsEmpty());
  driver_.Send(fifo_, 3, "h");
  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 3@0"));
}

TEST_F(WaitersTest, ADuplicateWakesNobody) {
  driver_.Send(fifo_, 1, "g");
  driver_.Receive(fifo_);
  driver_.Delete(fifo_, 1);
  driver_.Receive(fifo_, {.wait = kWait});

  EXPECT_EQ(driver_.Send(fifo_, 1, "g"), "duplicate");
  EXPECT_THAT(driver_.TakeAnswers(), IsEmpty());
}

TEST_F(WaitersTest, AVisibilityOfZeroServesEveryWaiter) {
  driver_.Receive(queue_, {.visibility = absl::ZeroDuration(), .wait = kWait});
  driver_.Receive(queue_, {.visibility = absl::ZeroDuration(), .wait = kWait});

  driver_.Send(queue_, 1);

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("1: 1@0", "2: 1@0"));
}

TEST_F(WaitersTest, AWaitEndsExactlyAtItsTime) {
  driver_.Receive(queue_, {.wait = kWait});
  driver_.Wait(kWait - absl::Nanoseconds(1));
  EXPECT_EQ(driver_.Advance(), absl::Nanoseconds(1));
  EXPECT_THAT(driver_.TakeAnswers(), IsEmpty());

  driver_.Wait(absl::Nanoseconds(1));
  EXPECT_EQ(driver_.Advance(), absl::InfiniteDuration());
  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("1: nothing"));
}

TEST_F(WaitersTest, AMessageThatReturnsAtTheVeryEndOfTheWaitIsReceived) {
  driver_.Send(queue_, 1);
  driver_.Receive(queue_, {.visibility = kWait});
  driver_.Receive(queue_, {.wait = kWait});

  driver_.Wait(kWait);
  driver_.Advance();

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 1@20s"));
}

TEST_F(WaitersTest, WhoseWaitIsOverGetsNothingFromASendThatComesLater) {
  driver_.Receive(queue_, {.wait = kWait});
  driver_.Wait(kWait);

  driver_.Send(queue_, 1);

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("1: nothing"));
  EXPECT_EQ(driver_.Counts(queue_).available, 1u);
}

TEST_F(WaitersTest, ACancelledWaiterIsAnsweredWithNothingOnce) {
  driver_.Receive(queue_, {.wait = kWait});
  const CancelWaiter cancel{.queue = queue_, .waiter = driver_.last_waiter()};

  driver_.Do(cancel);
  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("1: nothing"));
  driver_.Do(cancel);
  driver_.Send(queue_, 1);

  EXPECT_THAT(driver_.TakeAnswers(), IsEmpty());
  EXPECT_EQ(driver_.Counts(queue_).available, 1u);
}

TEST_F(WaitersTest, WhenTheQueueIsDeletedTheyAreTold) {
  driver_.Receive(queue_, {.wait = kWait});
  driver_.Receive(queue_, {.wait = kWait});

  driver_.Do(DeleteQueue{queue_});

  EXPECT_THAT(driver_.TakeAnswers(),
              ElementsAre("1: QueueDoesNotExist(,)", "2: QueueDoesNotExist(,)"));
  driver_.Wait(kDeletedNameInterval);
  EXPECT_EQ(driver_.Advance(), absl::InfiniteDuration());
}

TEST_F(WaitersTest, OfVeryManyOnADeletedQueueAdvanceTellsTheRestInOrder) {
  constexpr size_t kWaiting = 2 * kDeadlinesPerCommandMax + 500;
  for (size_t i = 0; i < kWaiting; ++i) driver_.Receive(queue_, {.wait = kWait});

  driver_.Do(DeleteQueue{queue_});
  std::vector<std::string> answers = driver_.TakeAnswers();
  EXPECT_EQ(answers.size(), kDeadlinesPerCommandMax);

  EXPECT_LE(driver_.Advance(1'000), absl::ZeroDuration());
  EXPECT_EQ(driver_.Advance(1'000), kDeletedNameInterval);
  for (std::string& answer : driver_.TakeAnswers()) answers.push_back(std::move(answer));
  ASSERT_EQ(answers.size(), kWaiting);
  for (size_t i = 0; i < kWaiting; ++i) {
    ASSERT_EQ(answers[i], absl::StrCat(i + 1, ": QueueDoesNotExist(,)"));
  }
}

TEST_F(WaitersTest, QueuesDoNotWakeEachOther) {
  driver_.Receive(queue_, {.wait = kWait});

  driver_.Send(driver_.Create("other"), 1);

  EXPECT_THAT(driver_.TakeAnswers(), IsEmpty());
}

// A clock that jumps walks the deadlines one by one, each at its own time.
class JumpTest : public WaitersTest {
 protected:
  void Jump() {
    driver_.Wait(absl::Hours(1));
    driver_.Advance();
  }
};

TEST_F(JumpTest, AWaiterIsServedAtTheTimeOfTheDeadline) {
  driver_.Send(queue_, 1);
  driver_.Receive(queue_, {.visibility = absl::Seconds(10)});
  driver_.Receive(queue_, {.wait = kWait});

  Jump();

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 1@10s"));
}

TEST_F(JumpTest, AWaitThatEndedBeforeGetsNothing) {
  driver_.Send(queue_, 1);
  driver_.Receive(queue_, {.visibility = absl::Seconds(10)});
  driver_.Receive(queue_, {.wait = absl::Seconds(9)});
  driver_.Receive(queue_, {.wait = kWait});

  Jump();

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: nothing", "3: 1@10s"));
}

TEST_F(JumpTest, AMessagePassesFromWaiterToWaiter) {
  driver_.Send(queue_, 1);
  driver_.Receive(queue_, {.visibility = absl::Seconds(10)});
  driver_.Receive(queue_, {.visibility = absl::Seconds(3), .wait = kWait});
  driver_.Receive(queue_, {.visibility = absl::Seconds(30), .wait = kWait});
  driver_.Receive(queue_, {.visibility = absl::Seconds(30), .wait = kWait});

  Jump();

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 1@10s", "3: 1@13s", "4: nothing"));
  EXPECT_EQ(driver_.Counts(queue_).available, 1u);
}

TEST_F(JumpTest, DeadlinesAndEndsOfWaitsAreWalkedInTheirOrder) {
  driver_.Send(queue_, std::vector<uint64_t>{1, 2});
  driver_.Receive(queue_, {.visibility = absl::Seconds(6)});
  driver_.Receive(queue_, {.visibility = absl::Seconds(4)});
  driver_.Receive(queue_, {.wait = absl::Seconds(3)});
  driver_.Receive(queue_, {.wait = absl::Seconds(4)});
  driver_.Receive(queue_, {.wait = absl::Seconds(5)});
  driver_.Receive(queue_, {.wait = absl::Seconds(6)});

  Jump();

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("3: nothing", "4: 2@4s", "5: nothing", "6: 1@6s"));
}

TEST_F(JumpTest, ACommandWalksThemAsAdvanceDoes) {
  driver_.Send(queue_, 1);
  driver_.Receive(queue_, {.visibility = absl::Seconds(10)});
  driver_.Receive(queue_, {.visibility = absl::Seconds(5), .wait = kWait});
  driver_.Wait(absl::Hours(1));

  EXPECT_EQ(driver_.Receive(queue_, {.messages_max = 10}), "1");

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 1@10s"));
}

TEST_F(JumpTest, AFifoGroupIsServedAtTheTimeOfItsUnlock) {
  driver_.Send(fifo_, std::vector<uint64_t>{1, 2}, "g");
  driver_.Receive(fifo_, {.visibility = absl::Seconds(10)});
  driver_.Receive(fifo_, {.messages_max = 10, .wait = kWait});

  Jump();

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: 1 2@10s"));
}

}  // namespace
}  // namespace twinq
