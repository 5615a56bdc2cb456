#include "tests/crash/clients/handling_judge.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/base/check.h"
#include "tests/crash/clients/story.h"

namespace twinq::crash {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Faults = std::vector<Fault>;

// Of a message; its handle is its number, so a process has each message once.
std::string IdOf(uint32_t number) {
  return absl::StrCat("00000000-0000-4000-8000-", absl::Dec(number, absl::kZeroPad12));
}

Timestamp At(int64_t milliseconds) { return Timestamp() + absl::Milliseconds(milliseconds); }

// What one consumer writes down, at instants in milliseconds. Its visibility timeout is one second.
class Log {
 public:
  // Asked, and answered after a millisecond.
  Log& Receive(int64_t at, const std::vector<uint32_t>& numbers) {
    Line("ask", calls_, at, "receive 1");
    std::string messages;
    for (const uint32_t number : numbers) {
      absl::StrAppend(&messages, messages.empty() ? "" : " ", "1-", number, "/", IdOf(number),
                      "/1/1/", number);
    }
    return Line("answer", calls_++, at + 1, messages);
  }
  Log& Extend(int64_t at, uint32_t number) { return Change(at, 1, number).Answer(at + 1); }
  Log& ExtendInVain(int64_t at, uint32_t number) {
    Change(at, 1, number);
    return Line("failure", calls_++, at + 1, "");
  }
  Log& Ack(int64_t at, uint32_t number) {
    return Line("ask", calls_, at, absl::StrCat("delete ", number)).Answer(at + 1);
  }
  Log& AckRefused(int64_t at, uint32_t number) {
    Line("ask", calls_, at, absl::StrCat("delete ", number));
    return Line("answer", calls_++, at + 1, "refused");
  }
  Log& AckUnanswered(int64_t at, uint32_t number) {
    return Line("ask", calls_++, at, absl::StrCat("delete ", number));
  }
  Log& Begin(int64_t at, uint32_t number) {
    return Line("begin", number, at, absl::StrCat("1-", number, " ", IdOf(number)));
  }
  Log& End(int64_t at, uint32_t number) { return Line("end", number, at, "ok"); }
  Log& Fail(int64_t at, uint32_t number) { return Line("end", number, at, "failed"); }
  // The usual life of a message.
  Log& Handle(int64_t at, uint32_t number) {
    return Receive(at, {number}).Begin(at + 2, number).End(at + 5, number).Ack(at + 6, number);
  }

  const std::string& text() const { return text_; }

 private:
  Log& Line(const std::string& what, uint64_t number, int64_t at, const std::string& rest) {
    absl::StrAppend(&text_, what, " ", number, " ", At(at).nanos(), rest.empty() ? "" : " ", rest,
                    "\n");
    return *this;
  }
  Log& Change(int64_t at, int seconds, uint32_t number) {
    return Line("ask", calls_, at, absl::StrCat("change ", seconds, " ", number));
  }
  Log& Answer(int64_t at) { return Line("answer", calls_++, at, "done"); }

  std::string text_;
  uint64_t calls_ = 0;
};

// A queue with these messages, acknowledged at the instants of their numbers, all of one group.
HandlingRecord QueueOf(client::QueueKind kind, const std::vector<uint32_t>& numbers) {
  HandlingRecord record;
  record.kind = kind;
  for (const uint32_t number : numbers) {
    record.messages.push_back({.name = {.producer = 1, .number = number},
                               .asked_at = At(number),
                               .answered_at = At(number),
                               .outcome = history::Outcome::kDone});
  }
  return record;
}
HandlingRecord FifoQueueOf(const std::vector<uint32_t>& numbers) {
  return QueueOf(client::QueueKind::kFifo, numbers);
}

HandlingRecord& Add(HandlingRecord& record, const Log& log,
                    Timestamp killed_at = Timestamp::Infinite()) {
  auto parsed = ParseClientLog(log.text());
  TWINQ_CHECK(parsed.ok());
  const auto client = static_cast<history::ClientNumber>(2 + record.consumers.size());
  record.consumers.push_back({.client = client, .killed_at = killed_at, .log = *std::move(parsed)});
  return record;
}

Faults FaultsOf(const HandlingRecord& record) {
  Faults faults;
  for (const Complaint& complaint : JudgeHandlings(record).complaints) {
    faults.push_back(complaint.fault);
  }
  return faults;
}

int64_t CountOf(const HandlingRecord& record, Reason reason) {
  return JudgeHandlings(record).again.at(static_cast<size_t>(reason));
}

TEST(HandlingJudgeTest, NothingIsWrongWhenEachMessageIsHandledOnceAndInOrder) {
  HandlingRecord record = FifoQueueOf({1, 2});
  Add(record, Log().Handle(10, 1).Handle(20, 2));

  EXPECT_THAT(FaultsOf(record), IsEmpty());
  EXPECT_EQ(JudgeHandlings(record).handlings, 2);
}

TEST(HandlingJudgeTest, MessageThatNobodyHandledIsNoticed) {
  HandlingRecord record = FifoQueueOf({1, 2});
  Add(record, Log().Handle(10, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kNeverHandled));
}

TEST(HandlingJudgeTest, MessageOfUnknownOutcomeMayBeMissing) {
  HandlingRecord record = FifoQueueOf({1});
  record.messages[0].outcome = history::Outcome::kUnknown;

  EXPECT_THAT(FaultsOf(record), IsEmpty());
}

TEST(HandlingJudgeTest, MessageThatNoHandlerFinishedIsNoticed) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1), At(14));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kNeverFinished));
}

TEST(HandlingJudgeTest, AckBeforeTheHandlersEndIsNoticed) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).Ack(13, 1).End(15, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kAckedUnfinished));
}

TEST(HandlingJudgeTest, AckAfterAFailedHandlerIsNoticed) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).Fail(15, 1).Ack(16, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kNeverFinished, Fault::kAckedUnfinished));
}

TEST(HandlingJudgeTest, AckOfAMessageThatNoHandlerBeganIsNoticed) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Ack(16, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kNeverHandled, Fault::kAckedUnfinished));
}

TEST(HandlingJudgeTest, AckThatIsHeldBackIsNoticed) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).End(15, 1), At(1'500));
  Add(record, Log().Handle(2'000, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kAckHeldBack));
}

TEST(HandlingJudgeTest, AckMayWaitForOthersThatFindNoServer) {
  HandlingRecord record = FifoQueueOf({1, 2});
  Add(record,
      Log()
          .Receive(10, {1, 2})
          .Begin(12, 1)
          .End(15, 1)
          .AckUnanswered(16, 1)
          .Begin(17, 2)
          .End(18, 2),
      At(1'500));
  Add(record, Log().Handle(2'000, 1).Handle(2'010, 2));

  EXPECT_THAT(FaultsOf(record), IsEmpty());
}

TEST(HandlingJudgeTest, KillInAHandlerRepeatsTheMessage) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1), At(14));
  Add(record, Log().Handle(1'020, 1));

  EXPECT_THAT(FaultsOf(record), IsEmpty());
  EXPECT_EQ(CountOf(record, Reason::kKilledHandling), 1);
}

TEST(HandlingJudgeTest, KillBeforeTheAnswerToAnAckMayRepeatTheMessage) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).End(15, 1).AckUnanswered(16, 1), At(17));
  Add(record, Log().Handle(1'020, 1));

  EXPECT_THAT(FaultsOf(record), IsEmpty());
  EXPECT_EQ(CountOf(record, Reason::kKilledUnacked), 1);
}

TEST(HandlingJudgeTest, FailureRepeatsTheMessageInItsOwnProcessToo) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).Fail(15, 1));
  Add(record, Log().Handle(1'020, 1));

  EXPECT_THAT(FaultsOf(record), IsEmpty());
  EXPECT_EQ(CountOf(record, Reason::kFailed), 1);
}

TEST(HandlingJudgeTest, MessageThatComesAgainAfterItsAckIsNoticed) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Handle(10, 1), At(40));
  Add(record, Log().Handle(1'020, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kAgainAcknowledged));
}

// Its handle is another in the second delivery, so the log is written out.
TEST(HandlingJudgeTest, SecondHandlingByOneProcessIsNoticed) {
  HandlingRecord record = QueueOf(client::QueueKind::kStandard, {1});
  const std::string second =
      absl::StrCat("ask 90 ", At(1'020).nanos(), " receive 1\nanswer 90 ", At(1'021).nanos(),
                   " 1-1/", IdOf(1), "/1/2/77\nbegin 77 ", At(1'022).nanos(), " 1-1 ", IdOf(1),
                   "\nend 77 ", At(1'023).nanos(), " ok\n");
  const Log first = Log().Receive(10, {1}).Begin(12, 1).End(15, 1).AckUnanswered(16, 1);
  auto log = ParseClientLog(absl::StrCat(first.text(), second));
  ASSERT_TRUE(log.ok());
  record.consumers.push_back({.client = 2, .log = *std::move(log)});

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kAgainByOne));
}

TEST(HandlingJudgeTest, SecondHandlingWhileTheFirstConsumerHoldsTheMessageIsNoticed) {
  HandlingRecord record = QueueOf(client::QueueKind::kStandard, {1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).Extend(500, 1).End(900, 1).Ack(1'600, 1));
  Add(record, Log().Handle(1'200, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kAgainInHand));
}

TEST(HandlingJudgeTest, VisibilityThatIsLeftToRunOutIsNoticed) {
  HandlingRecord record = QueueOf(client::QueueKind::kStandard, {1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).End(1'400, 1).Ack(1'500, 1));
  Add(record, Log().Handle(1'200, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kAgainInHand));
}

TEST(HandlingJudgeTest, VisibilityMayRunOutWhileExtensionsFindNoServer) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log()
                  .Receive(10, {1})
                  .Begin(12, 1)
                  .ExtendInVain(510, 1)
                  .ExtendInVain(900, 1)
                  .End(1'400, 1)
                  .Ack(1'500, 1));
  Add(record, Log().Handle(1'200, 1));

  EXPECT_THAT(FaultsOf(record), IsEmpty());
  EXPECT_EQ(CountOf(record, Reason::kRunOut), 1);
}

TEST(HandlingJudgeTest, ExtensionsThatEndTooSoonAreNoticed) {
  HandlingRecord record = QueueOf(client::QueueKind::kStandard, {1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).ExtendInVain(210, 1).End(1'400, 1).Ack(1'500, 1));
  Add(record, Log().Handle(1'200, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kAgainInHand));
}

TEST(HandlingJudgeTest, AckThatIsRefusedWhileTheMessageIsHeldIsNoticed) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).End(15, 1).AckRefused(16, 1), At(1'005));
  Add(record, Log().Handle(1'020, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kRefusedInHand));
}

TEST(HandlingJudgeTest, MessageWhoseAnswerCameLateMayRunOutUnderAHandler) {
  HandlingRecord record = FifoQueueOf({1});
  const std::string late = absl::StrCat("ask 90 ", At(10).nanos(), " receive 1\nanswer 90 ",
                                        At(900).nanos(), " 1-1/", IdOf(1), "/1/1/1\n");
  const Log rest = Log().Begin(901, 1).End(1'011, 1).AckRefused(1'012, 1);
  auto log = ParseClientLog(absl::StrCat(late, rest.text()));
  ASSERT_TRUE(log.ok());
  record.consumers.push_back({.client = 2, .log = *std::move(log)});
  Add(record, Log().Handle(1'020, 1));

  EXPECT_THAT(FaultsOf(record), IsEmpty());
}

TEST(HandlingJudgeTest, CrashOfTheServerMayForgetADeliveryOfAStandardQueueOnly) {
  HandlingRecord standard = QueueOf(client::QueueKind::kStandard, {1});
  HandlingRecord fifo = FifoQueueOf({1});
  for (HandlingRecord* record : {&standard, &fifo}) {
    record->incidents = {{.at = At(20), .kind = history::Incident::Kind::kServerCrashed},
                         {.at = At(30), .kind = history::Incident::Kind::kServerStarted}};
    Add(*record, Log().Receive(10, {1}).Begin(12, 1).End(50, 1).Ack(51, 1));
    Add(*record, Log().Handle(40, 1));
  }

  EXPECT_THAT(FaultsOf(standard), IsEmpty());
  EXPECT_THAT(FaultsOf(fifo), ElementsAre(Fault::kAgainInHand, Fault::kGroupTwiceInHand));
}

TEST(HandlingJudgeTest, MessageThatOvertakesAnEarlierOneOfItsGroupIsNoticed) {
  HandlingRecord record = FifoQueueOf({1, 2});
  Add(record, Log().Handle(10, 2).Handle(20, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kOutOfOrder));
}

TEST(HandlingJudgeTest, MessageThatBeginsBehindAFailedOneIsNoticed) {
  HandlingRecord record = FifoQueueOf({1, 2});
  Add(record,
      Log().Receive(10, {1, 2}).Begin(12, 1).Fail(15, 1).Begin(16, 2).End(17, 2).Ack(18, 2));
  Add(record, Log().Handle(1'100, 1));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kOutOfOrder));
}

TEST(HandlingJudgeTest, OrderIsOnlyWithinAGroup) {
  HandlingRecord record = FifoQueueOf({1, 2});
  record.messages[1].group = 1;
  Add(record, Log().Handle(10, 2).Handle(20, 1));

  EXPECT_THAT(FaultsOf(record), IsEmpty());
}

TEST(HandlingJudgeTest, TwoOfAGroupAtOnceInOneProcessAreNoticed) {
  HandlingRecord record = FifoQueueOf({1, 2});
  Add(record, Log()
                  .Receive(10, {1, 2})
                  .Begin(12, 1)
                  .Begin(13, 2)
                  .End(14, 1)
                  .End(15, 2)
                  .Ack(16, 1)
                  .Ack(17, 2));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kOutOfOrder, Fault::kGroupTwiceInOne));
}

TEST(HandlingJudgeTest, TwoOfAGroupAtOnceInTwoProcessesAreNoticed) {
  HandlingRecord record = FifoQueueOf({1, 2});
  Add(record, Log().Receive(10, {1}).Begin(12, 1).End(50, 1).Ack(51, 1));
  Add(record, Log().Handle(20, 2));

  EXPECT_THAT(FaultsOf(record), ElementsAre(Fault::kOutOfOrder, Fault::kGroupTwiceInHand));
}

TEST(HandlingJudgeTest, HandlerEndsWithItsProcess) {
  HandlingRecord record = FifoQueueOf({1, 2});
  Add(record, Log().Receive(10, {1}).Begin(12, 1), At(14));
  Add(record, Log().Handle(1'020, 1).Handle(1'030, 2));

  EXPECT_THAT(FaultsOf(record), IsEmpty());
}

TEST(HandlingJudgeTest, StoryTellsWhoDidWhatWithTheMessage) {
  HandlingRecord record = FifoQueueOf({1});
  Add(record, Log().Receive(10, {1}).Begin(12, 1), At(14));
  Add(record, Log().Handle(1'020, 1));

  const std::string story = StoryOf(record, {.producer = 1, .number = 1});

  EXPECT_THAT(story, HasSubstr("message 1-1\n  0.000000 s  sent, group 0\n"));
  EXPECT_THAT(story, HasSubstr("  0.011000 s  consumer 2 handles it\n"));
  EXPECT_THAT(story, HasSubstr("  0.013000 s  consumer 2 is killed\n"));
  EXPECT_THAT(story, HasSubstr("  1.024000 s  consumer 3 has handled it: ok\n"));
}

}  // namespace
}  // namespace twinq::crash
