// Queues with more due than a command's share: kDeadlinesPerCommandMax.

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

constexpr uint64_t kMany = 3 * kDeadlinesPerCommandMax + 500;

// A queue of either kind whose messages, all in flight, become available one after the other: the
// last sent first, the first sent last. On the FIFO queue each has a group of its own.
class LateQueueTest : public ::testing::TestWithParam<const char*> {
 protected:
  LateQueueTest() {
    for (uint64_t number = 1; number <= kMany; ++number) {
      Send(number);
      driver_.Receive(queue_, {.visibility = absl::Milliseconds(10'000 - number)});
    }
  }
  std::string Send(uint64_t number) {
    const bool is_fifo = absl::string_view(GetParam()) == "jobs.fifo";
    return driver_.Send(queue_, number, is_fifo ? absl::StrCat("group-", number) : "");
  }
  void MakeLate() { driver_.Wait(absl::Seconds(10)); }
  size_t available() { return driver_.Counts(queue_).available; }

  BrokerDriver driver_;
  QueueId queue_ = driver_.Create(GetParam());
};

TEST_P(LateQueueTest, ASendIsAnsweredAtOnceAfterItsShare) {
  MakeLate();

  EXPECT_EQ(Send(kMany + 1), "ok");

  EXPECT_EQ(available(), size_t{kDeadlinesPerCommandMax} + 1);
  EXPECT_THAT(driver_.TakeAnswers(), IsEmpty());
}

TEST_P(LateQueueTest, AShortPollWaitsAndGetsTheRightMessage) {
  MakeLate();
  EXPECT_EQ(driver_.Receive(queue_), "waits");

  EXPECT_EQ(driver_.Advance(), absl::Seconds(30));

  const bool is_fifo = absl::string_view(GetParam()) == "jobs.fifo";
  const uint64_t first = is_fifo ? kMany : 1;  // Rule F4: the head that has been back for longest.
  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre(absl::StrCat(kMany + 1, ": ", first, "@10s")));
}

TEST_P(LateQueueTest, NextDeadlineIsNotInTheFutureWhileItIsLate) {
  MakeLate();
  driver_.Receive(queue_);

  EXPECT_LE(driver_.Advance(1), absl::ZeroDuration());
  EXPECT_EQ(available(), size_t{kDeadlinesPerCommandMax} + 1);
  EXPECT_THAT(driver_.TakeAnswers(), IsEmpty());
}

TEST_P(LateQueueTest, ReceivesAreServedInTheOrderOfArrivalWhetherShortOrLong) {
  MakeLate();
  EXPECT_EQ(driver_.Receive(queue_, {.messages_max = 2, .wait = absl::Seconds(20)}), "waits");
  EXPECT_EQ(driver_.Receive(queue_, {.messages_max = 2}), "waits");
  EXPECT_EQ(driver_.Receive(queue_, {.messages_max = 2, .wait = absl::Seconds(20)}), "waits");

  driver_.Advance();

  if (absl::string_view(GetParam()) == "jobs") {
    EXPECT_THAT(driver_.TakeAnswers(), ElementsAre(absl::StrCat(kMany + 1, ": 1 2@10s"),
                                                   absl::StrCat(kMany + 2, ": 3 4@10s"),
                                                   absl::StrCat(kMany + 3, ": 5 6@10s")));
  } else {
    EXPECT_THAT(driver_.TakeAnswers(),
                ElementsAre(absl::StrCat(kMany + 1, ": ", kMany, " ", kMany - 1, "@10s"),
                            absl::StrCat(kMany + 2, ": ", kMany - 2, " ", kMany - 3, "@10s"),
                            absl::StrCat(kMany + 3, ": ", kMany - 4, " ", kMany - 5, "@10s")));
  }
}

TEST_P(LateQueueTest, DeletesAreAnsweredAtOnceWhetherTheEndIsDoneOrNot) {
  MakeLate();
  const bool is_fifo = absl::string_view(GetParam()) == "jobs.fifo";

  // The end of message 1 is the last of all: not done yet, and over all the same.
  EXPECT_EQ(driver_.Delete(queue_, 1), is_fifo ? "ReceiptHandleExpired" : "ok");
  EXPECT_EQ(driver_.Delete(queue_, kMany), is_fifo ? "ReceiptHandleExpired" : "ok");
}

TEST_P(LateQueueTest, CommandsAloneCatchUpToo) {
  MakeLate();
  Send(kMany + 1);
  Send(kMany + 2);
  Send(kMany + 3);

  const std::string answer = driver_.Receive(queue_);

  EXPECT_NE(answer, "waits");
  EXPECT_EQ(available(), kMany + 2);
}

TEST_P(LateQueueTest, AWaiterOfBeforeIsServedAtTheTimeOfTheFirstDeadline) {
  EXPECT_EQ(driver_.Receive(queue_, {.wait = absl::Seconds(20)}), "waits");
  MakeLate();

  Send(kMany + 1);

  EXPECT_THAT(driver_.TakeAnswers(),
              ElementsAre(absl::StrCat(kMany + 1, ": ", kMany, "@",
                                       absl::FormatDuration(absl::Milliseconds(10'000 - kMany)))));
}

// Others were answered in the meantime, so it must not look as if it had been served before them.
TEST_P(LateQueueTest, AReceiveIsServedAtTheTimeOfTheCatchingUp) {
  MakeLate();
  driver_.Receive(queue_);
  driver_.Wait(absl::Seconds(5));

  driver_.Advance();

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre(::testing::EndsWith("@15s")));
}

TEST_P(LateQueueTest, ACancelledReceiveIsAnsweredWithNothing) {
  MakeLate();
  driver_.Receive(queue_);

  driver_.Do(CancelWaiter{.queue = queue_, .waiter = driver_.last_waiter()});

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre(absl::StrCat(kMany + 1, ": nothing")));
}

INSTANTIATE_TEST_SUITE_P(Kinds, LateQueueTest, ::testing::Values("jobs", "jobs.fifo"),
                         [](const auto& test) {
                           return absl::string_view(test.param) == "jobs" ? "Standard" : "Fifo";
                         });

TEST(LateFifoTest, AShortPollThatFindsNothingIsAnsweredWhenTheQueueHasCaughtUp) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs.fifo");
  for (uint64_t number = 1; number <= kMany; ++number) driver.Send(queue, number, "g");
  driver.Receive(queue, {.visibility = absl::Hours(1)});
  driver.Wait(absl::Minutes(5));
  EXPECT_EQ(driver.Receive(queue), "waits");

  driver.Advance();

  EXPECT_THAT(driver.TakeAnswers(), ElementsAre("2: nothing"));
}

TEST(LateStandardTest, ALongPollThatFindsNothingGoesOnWaiting) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs");
  for (uint64_t number = 1; number <= kMany; ++number) {
    driver.Send(queue, number);
    driver.Receive(queue, {.visibility = absl::Seconds(10)});
  }
  driver.Wait(absl::Seconds(10));
  for (uint64_t number = 1; number <= kMany / 10; ++number) {
    driver.Receive(queue, {.messages_max = 10, .visibility = absl::Seconds(15)});
  }
  EXPECT_EQ(driver.Receive(queue, {.wait = absl::Seconds(20)}), "waits");
  driver.Advance();
  driver.TakeAnswers();
  driver.Wait(absl::Seconds(15));

  driver.Advance();

  EXPECT_THAT(driver.TakeAnswers(),
              ElementsAre(absl::StrCat(static_cast<uint64_t>(driver.last_waiter()), ": 1@25s")));
}

}  // namespace
}  // namespace twinq
