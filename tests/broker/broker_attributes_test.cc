// CreateQueue and SetQueueAttributes: what the attributes that the engine obeys do.

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "broker/broker.h"
#include "core/model/limits.h"
#include "tests/broker/broker_driver.h"
#include "tests/support/describe.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;

constexpr absl::Duration kInstant = absl::Nanoseconds(1);

class AttributesTest : public ::testing::TestWithParam<const char*> {
 protected:
  std::string Send(uint64_t number) {
    const bool is_fifo = absl::string_view(GetParam()) == "jobs.fifo";
    return driver_.Send(queue_, number, is_fifo ? absl::StrCat("group-", number) : "");
  }
  void Set(const GivenQueueAttributes& attributes) {
    EXPECT_EQ(Describe(driver_.Do(SetQueueAttributes{queue_, attributes})), "done");
  }
  std::string ReceiveAll() {
    return driver_.Receive(queue_, {.messages_max = 10, .visibility = absl::ZeroDuration()});
  }

  BrokerDriver driver_;
  QueueId queue_ = driver_.Create(GetParam());
};

TEST_P(AttributesTest, ADelayEndsAtItsInstant) {
  Set({.delay = absl::Seconds(900)});
  Send(1);
  driver_.Wait(absl::Seconds(900) - kInstant);
  EXPECT_EQ(ReceiveAll(), "nothing");
  driver_.Wait(kInstant);
  EXPECT_EQ(ReceiveAll(), "1");
}

TEST_P(AttributesTest, AMessageIsGoneAtTheInstantOfItsRetention) {
  Set({.retention = absl::Seconds(60)});
  Send(1);
  driver_.Wait(absl::Seconds(60) - kInstant);
  EXPECT_EQ(ReceiveAll(), "1");
  driver_.Wait(kInstant);
  EXPECT_EQ(ReceiveAll(), "nothing");
  EXPECT_EQ(driver_.Counts(queue_), QueueCounts());
}

TEST_P(AttributesTest, ExpiryIsARecordAndFreesTheBody) {
  Set({.retention = absl::Seconds(60)});
  Send(7);
  driver_.Wait(absl::Seconds(60));

  driver_.Advance();

  ASSERT_EQ(driver_.outcome().records.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<MessageRemoved>(driver_.outcome().records[0]));
  EXPECT_THAT(driver_.outcome().freed, ElementsAre(BodyRef(7)));
}

TEST_P(AttributesTest, AShorterRetentionEndsWhatIsOlderAtOnce) {
  Send(1);
  driver_.Wait(absl::Seconds(50));
  Send(2);
  driver_.Wait(absl::Seconds(50));

  Set({.retention = absl::Seconds(60)});

  EXPECT_EQ(ReceiveAll(), "2");
}

TEST_P(AttributesTest, ALongerRetentionDoesNotBringBackWhatHadEnded) {
  Set({.retention = absl::Seconds(60)});
  Send(1);
  driver_.Wait(absl::Seconds(60));
  Set({.retention = absl::Hours(1)});

  EXPECT_EQ(ReceiveAll(), "nothing");
}

// As many messages end at once as a command does not get through: what is left is out of sight all
// the same, even when the retention is made longer in between.
TEST_P(AttributesTest, AMassExpiryIsDoneInSlicesAndSeenAtOnce) {
  Set({.retention = absl::Seconds(60)});
  constexpr uint64_t kMany = 4 * kDeadlinesPerCommandMax + 10;
  for (uint64_t number = 1; number <= kMany; ++number) Send(number);
  driver_.Receive(queue_, {.messages_max = 1});
  driver_.Wait(absl::Seconds(60));

  Set({.retention = absl::Hours(1)});
  EXPECT_GT(driver_.Counts(queue_).available, 0u);
  EXPECT_EQ(driver_.ChangeVisibility(queue_, 1, absl::Seconds(5)), "MessageNotAvailable");
  EXPECT_EQ(driver_.Receive(queue_, {.messages_max = 10}), "waits");
  EXPECT_LE(driver_.Advance(5), absl::ZeroDuration());
  while (driver_.Advance(100) <= absl::ZeroDuration()) {
  }

  EXPECT_EQ(driver_.Counts(queue_), QueueCounts());
  EXPECT_THAT(driver_.TakeAnswers(), ElementsAre("2: nothing"));
}

TEST_P(AttributesTest, MessagesMayBeAsLongAsTheAttributeSays) {
  Set({.message_bytes_max = 1'024});
  SendMessages send{.queue = queue_, .entries = {}};
  for (const uint32_t bytes : {1'025u, 1'024u}) {
    NewMessage message = FifoMessage(bytes, "g");
    message.body_bytes = bytes;
    send.entries.push_back({.message = message, .payload = {}});
  }

  const auto reply = driver_.Do(std::move(send));

  const auto& results = std::get<MessagesSent>(*reply).results;
  EXPECT_EQ(std::get<ApiError>(results[0]),
            (ApiError{.code = ApiErrorCode::kMessageTooLong, .parameter = {}, .value = "1024"}));
  EXPECT_TRUE(std::holds_alternative<SentMessage>(results[1]));
  EXPECT_EQ(driver_.Counts(queue_).available, 1u);
}

TEST_P(AttributesTest, FindingsOfTheFrontEndStandAroundTheSize) {
  Set({.message_bytes_max = 1'024});
  using Rank = SendMessages::Finding::Rank;
  const auto result = [this](Rank rank) {
    SendMessages send{.queue = queue_, .entries = {}};
    NewMessage message = FifoMessage(1, "g");
    message.body_bytes = 2'000;
    send.entries.push_back({.message = message, .payload = {}});
    send.findings.push_back(
        {.rank = rank, .entry = 0, .error = {.code = ApiErrorCode::kInvalidMessageContents}});
    return Describe(driver_.Do(std::move(send)));
  };

  EXPECT_EQ(result(Rank::kContent), "sent MessageTooLong(,1024)");
  EXPECT_EQ(result(Rank::kValue), "sent InvalidMessageContents(,)");
  EXPECT_EQ(result(Rank::kRequest), "InvalidMessageContents(,)");
  EXPECT_EQ(driver_.Counts(queue_), QueueCounts());
}

TEST_P(AttributesTest, ThoseNotGivenKeepTheirValue) {
  Set({.delay = absl::Seconds(5)});
  Set({.visibility_timeout = absl::Seconds(7)});

  const QueueAttributes& attributes = driver_.broker().queues()[0]->settings.attributes;

  EXPECT_EQ(attributes,
            (QueueAttributes{.delay = absl::Seconds(5), .visibility_timeout = absl::Seconds(7)}));
}

TEST_P(AttributesTest, SettingThemMarksTheTime) {
  driver_.Wait(absl::Seconds(5));
  Set({});

  const QueueState& state = *driver_.broker().queues()[0];

  EXPECT_EQ(state.created_at, At(absl::ZeroDuration()));
  EXPECT_EQ(state.modified_at, At(absl::Seconds(5)));
}

TEST_P(AttributesTest, AnotherCreateQueueComparesWithTheCurrentValues) {
  Set({.delay = absl::Seconds(5)});

  EXPECT_EQ(driver_.Create(GetParam(), {.delay = absl::Seconds(5)}), queue_);
  EXPECT_EQ(Describe(driver_.Do(CreateQueue{.name = Name(GetParam()),
                                            .attributes = {.delay = absl::ZeroDuration()}})),
            "QueueNameExists(DelaySeconds,)");
}

TEST_P(AttributesTest, AHandleOfAnotherQueueIsRefusedForItself) {
  const QueueId other = driver_.Create("other");
  driver_.Send(other, 1);
  driver_.Receive(other);
  Send(2);
  driver_.Receive(queue_);

  const auto reply = driver_.Do(
      DeleteMessages{.queue = queue_, .receipts = {driver_.receipt(1), driver_.receipt(2)}});

  EXPECT_EQ(Describe(reply), "entries ReceiptHandleOfOtherQueue ok");
  EXPECT_EQ(driver_.ChangeVisibility(queue_, 1, absl::Seconds(1)), "ReceiptHandleOfOtherQueue");
  EXPECT_EQ(driver_.Counts(other).in_flight, 1u);
}

INSTANTIATE_TEST_SUITE_P(Kinds, AttributesTest, ::testing::Values("jobs", "jobs.fifo"),
                         [](const auto& test) {
                           return absl::string_view(test.param) == "jobs" ? "Standard" : "Fifo";
                         });

TEST(FifoDelayTest, AChangeActsOnMessagesAlreadyDelayedAndOnNoOthers) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs.fifo", {.delay = absl::Seconds(10)});
  driver.Send(queue, 1, "a");
  driver.Wait(absl::Seconds(10));
  driver.Send(queue, 2, "b");
  driver.Wait(absl::Seconds(5));

  driver.Do(SetQueueAttributes{queue, {.delay = absl::Seconds(20)}});
  EXPECT_EQ(driver.Counts(queue), (QueueCounts{.available = 1, .in_flight = 0, .delayed = 1}));
  EXPECT_EQ(driver.Advance(), absl::Seconds(15));
  driver.Do(SetQueueAttributes{queue, {.delay = absl::Seconds(5)}});
  EXPECT_EQ(driver.Counts(queue), (QueueCounts{.available = 2, .in_flight = 0, .delayed = 0}));
}

TEST(FifoDelayTest, AWaitingReceiveGetsWhatAShorterDelayEndsWhenItWasSet) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs.fifo", {.delay = absl::Seconds(100)});
  driver.Send(queue, 1, "a");
  EXPECT_EQ(driver.Receive(queue, {.wait = absl::Seconds(20)}), "waits");
  driver.Wait(absl::Seconds(15));

  driver.Do(SetQueueAttributes{queue, {.delay = absl::Seconds(10)}});

  EXPECT_THAT(driver.TakeAnswers(), ElementsAre("1: 1@15s"));
}

TEST(StandardDelayTest, AChangeActsOnLaterSendsOnly) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs", {.delay = absl::Seconds(10)});
  driver.Send(queue, 1);
  driver.Do(SetQueueAttributes{queue, {.delay = absl::ZeroDuration()}});
  EXPECT_EQ(driver.Counts(queue).delayed, 1u);
  driver.Send(queue, 2);

  EXPECT_EQ(driver.Receive(queue, {.messages_max = 10}), "2");
}

TEST(InFlightLimitTest, IsTheServicesUnlessAskedOtherwise) {
  EXPECT_EQ(QueueOptions().in_flight_max, 120'000u);
}

}  // namespace
}  // namespace twinq
