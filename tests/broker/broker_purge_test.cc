// PurgeQueue and DeleteQueue: out of reach at once, slots and bodies freed in slices.

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "broker/broker.h"
#include "tests/broker/broker_driver.h"
#include "tests/support/describe.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PurgeTest : public ::testing::TestWithParam<const char*> {
 protected:
  bool is_fifo() const { return absl::string_view(GetParam()) == "jobs.fifo"; }
  std::string Send(uint64_t number) {
    return driver_.Send(queue_, number, is_fifo() ? absl::StrCat("group-", number) : "");
  }
  void SendMany(uint64_t first, uint64_t last) {
    for (uint64_t number = first; number <= last; ++number) Send(number);
  }
  std::string Purge() { return Describe(driver_.Do(PurgeQueue{queue_})); }
  std::unique_ptr<Broker> Replayed() {
    auto replica = std::make_unique<Broker>();
    for (const Record& record : driver_.log()) replica->Apply(record);
    return replica;
  }

  BrokerDriver driver_;
  QueueId queue_ = driver_.Create(GetParam());
};

TEST_P(PurgeTest, RemovesAvailableDelayedAndInFlightMessages) {
  driver_.Do(SetQueueAttributes{queue_, {.delay = absl::Seconds(10)}});
  SendMany(1, 2);
  driver_.Wait(absl::Seconds(10));
  driver_.Receive(queue_);
  Send(3);
  ASSERT_EQ(driver_.Counts(queue_), (QueueCounts{.available = 1, .in_flight = 1, .delayed = 1}));

  EXPECT_EQ(Purge(), "done");

  EXPECT_EQ(driver_.Counts(queue_), QueueCounts());
  EXPECT_EQ(driver_.Receive(queue_, {.messages_max = 10}), "nothing");
}

TEST_P(PurgeTest, HandlesOfPurgedMessagesAreThoseOfDeletedOnes) {
  Send(1);
  driver_.Receive(queue_);
  Purge();

  EXPECT_EQ(driver_.ChangeVisibility(queue_, 1, absl::Seconds(5)), "MessageNotAvailable");
  EXPECT_EQ(driver_.Delete(queue_, 1), "ok");
}

TEST_P(PurgeTest, WhatIsSentAfterwardsStays) {
  SendMany(1, 3);
  Purge();
  Send(4);

  driver_.Advance();

  EXPECT_EQ(driver_.Receive(queue_, {.messages_max = 10}), "4");
}

TEST_P(PurgeTest, IsAllowedOnceIn60Seconds) {
  EXPECT_EQ(Purge(), "done");
  driver_.Wait(absl::Seconds(60) - absl::Nanoseconds(1));
  EXPECT_EQ(Purge(), absl::StrCat("PurgeInProgress(,", GetParam(), ")"));
  driver_.Wait(absl::Nanoseconds(1));
  EXPECT_EQ(Purge(), "done");
}

TEST_P(PurgeTest, ARefusedPurgeDoesNotBeginTheMinuteAgain) {
  Purge();
  driver_.Wait(absl::Seconds(40));
  Purge();
  driver_.Wait(absl::Seconds(20));

  EXPECT_EQ(Purge(), "done");
}

TEST_P(PurgeTest, TheMinuteSurvivesAReplay) {
  Purge();
  const std::unique_ptr<Broker> replica = Replayed();
  Outcome outcome;

  const auto reply =
      replica->Handle(driver_.now() + absl::Seconds(59), PurgeQueue{queue_}, outcome);

  EXPECT_EQ(Describe(reply), absl::StrCat("PurgeInProgress(,", GetParam(), ")"));
}

TEST_P(PurgeTest, WaitingReceivesGoOnWaiting) {
  EXPECT_EQ(driver_.Receive(queue_, {.wait = absl::Seconds(20)}), "waits");
  Purge();
  EXPECT_THAT(driver_.TakeAnswers(), IsEmpty());

  Send(1);

  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("1: 1@0"));
}

TEST_P(PurgeTest, SlotsAndBodiesAreFreedInSlices) {
  SendMany(1, 10);
  Purge();
  EXPECT_THAT(driver_.outcome().freed, IsEmpty());

  EXPECT_LE(driver_.Advance(4), absl::ZeroDuration());
  EXPECT_THAT(driver_.outcome().freed, ElementsAre(BodyRef(1), BodyRef(2), BodyRef(3), BodyRef(4)));
  EXPECT_EQ(driver_.outcome().records.size(), 1u);

  std::vector<BodyRef> freed;
  for (int slices = 0; driver_.Advance(4) <= absl::ZeroDuration(); ++slices) {
    ASSERT_LT(slices, 10);
    freed.insert(freed.end(), driver_.outcome().freed.begin(), driver_.outcome().freed.end());
  }
  EXPECT_EQ(freed.size() + driver_.outcome().freed.size(), 6u);
}

TEST_P(PurgeTest, ASlotIsGivenAgainOnlyAfterItWasFreed) {
  SendMany(1, 3);
  Purge();
  Send(4);
  driver_.Receive(queue_);
  EXPECT_EQ(driver_.receipt(4).slot, 3u);

  driver_.Advance();
  Send(5);
  driver_.Receive(queue_);

  EXPECT_LT(driver_.receipt(5).slot, 3u);
}

// At every point between the slices: what a replica has left to free, it frees itself.
TEST_P(PurgeTest, AReplayGoesOnWhereTheSlicesEnded) {
  SendMany(1, 10);
  driver_.Receive(queue_, {.messages_max = 3});
  Purge();
  SendMany(11, 12);
  driver_.Wait(absl::Seconds(60));
  Purge();
  Send(13);
  for (int slice = 0; slice < 8; ++slice) {
    const std::unique_ptr<Broker> replica = Replayed();
    Outcome outcome;
    replica->Advance(driver_.now(), 1'000, outcome);
    while (replica->Advance(driver_.now(), 1'000, outcome) <= driver_.now()) {
    }
    BrokerDriver fresh;
    EXPECT_THAT(replica->Dump(), ::testing::HasSubstr(" used=1\n"));
    driver_.Advance(3);
  }
}

TEST_P(PurgeTest, DeletingAQueueFreesItsMessagesInSlicesToo) {
  SendMany(1, 10);
  driver_.Do(DeleteQueue{queue_});
  EXPECT_THAT(driver_.outcome().freed, IsEmpty());
  size_t freed = 0;

  for (int slices = 0; driver_.Advance(3) <= absl::ZeroDuration(); ++slices) {
    ASSERT_LT(slices, 20);
    EXPECT_LE(driver_.outcome().freed.size(), 3u);
    freed += driver_.outcome().freed.size();
  }

  EXPECT_EQ(freed + driver_.outcome().freed.size(), 10u);
  EXPECT_THAT(driver_.broker().Dump(), ::testing::HasSubstr(" used=0\n"));
}

INSTANTIATE_TEST_SUITE_P(Kinds, PurgeTest, ::testing::Values("jobs", "jobs.fifo"),
                         [](const auto& test) {
                           return absl::string_view(test.param) == "jobs" ? "Standard" : "Fifo";
                         });

TEST(FifoPurgeTest, ForgetsWhatWasSent) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs.fifo");
  driver.Send(queue, 1, "g");
  ASSERT_EQ(driver.Send(queue, 1, "g"), "duplicate");

  driver.Do(PurgeQueue{queue});

  EXPECT_EQ(driver.Send(queue, 1, "g"), "ok");
}

}  // namespace
}  // namespace twinq
