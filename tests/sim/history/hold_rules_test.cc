#include <string>

#include "gtest/gtest.h"

#include "tests/sim/history/hand_written.h"

namespace twinq::history {
namespace {

// A FIFO queue with messages 1 and 2 of one group, sent by 2. Message 1 is received in [3, 4] for
// 30 seconds; message 2 is received by somebody else. All by the one definition: a consumer
// provably holds a message from the receipt of the answer until the earlier of sending its delete
// and the receive's request time + visibility.
struct HoldCase {
  std::string name;
  double delete_asked = 100;  // Of message 1.
  Span second = {};           // The receive that brings message 2.
  Verdict verdict = Verdict::kGroupHeldTwice;
  int64_t count = 0;
};

class HoldTest : public testing::TestWithParam<HoldCase> {};

TEST_P(HoldTest, LastsFromTheAnswerToDeleteOrTimeout) {
  HandWritten history(QueueKind::kFifo);
  history.Sent(1, {1, 1.5});
  history.Sent(2, {1.6, 2});
  const HandleNumber first = history.Received(1, {3, 4});
  history.Delete(first, {GetParam().delete_asked, 200}, Outcome::kDone);
  history.Deleted(history.Received(2, GetParam().second), {300, 301});

  const Judgement judgement = history.Judged();

  EXPECT_EQ(judgement.count(GetParam().verdict), GetParam().count) << TextOf(judgement);
}

INSTANTIATE_TEST_SUITE_P(
    Boundaries, HoldTest,
    testing::Values(HoldCase{"Inside", 100, {5, 6}, Verdict::kGroupHeldTwice, 1},
                    HoldCase{"AskedBeforeTheAnswer", 100, {2.5, 6}, Verdict::kGroupHeldTwice, 1},
                    HoldCase{"JustBeforeTheTimeout", 100, {5, 32.9}, Verdict::kGroupHeldTwice, 1},
                    HoldCase{"AtTheTimeout", 100, {5, 33}, Verdict::kGroupHeldTwice, 0},
                    HoldCase{"JustBeforeTheDelete", 10, {5, 9.9}, Verdict::kGroupHeldTwice, 1},
                    HoldCase{"AtTheDelete", 10, {5, 10}, Verdict::kGroupHeldTwice, 0},
                    HoldCase{"BeforeTheFirst", 100, {2.1, 2.9}, Verdict::kOutOfOrder, 1},
                    HoldCase{"AnsweredAsTheFirstIsAsked", 100, {2.1, 3}, Verdict::kOutOfOrder, 0}),
    [](const auto& test) { return test.param.name; });

TEST(ExtendedHoldTest, LastsAsLongAsTheChangeSays) {
  HandWritten history(QueueKind::kFifo);
  history.Sent(1, {1, 1.5});
  history.Sent(2, {1.6, 2});
  history.Change(history.Received(1, {3, 4}), {20, 21}, absl::Seconds(60));
  history.Deleted(history.Received(2, {70, 79.9}), {90, 91});

  EXPECT_EQ(history.Judged(/*remaining=*/1).count(Verdict::kGroupHeldTwice), 1);
}

TEST(ShortenedHoldTest, EndsWithTheChangesQuestion) {
  HandWritten history(QueueKind::kFifo);
  history.Sent(1, {1, 1.5});
  history.Sent(2, {1.6, 2});
  history.Change(history.Received(1, {3, 4}), {10, 12}, absl::Seconds(2));
  history.Deleted(history.Received(2, {11, 12}), {90, 91});

  EXPECT_EQ(history.Judged(/*remaining=*/1).count(Verdict::kGroupHeldTwice), 0);
}

TEST(LossTest, RemainingMessagesExcuseTheLastOnes) {
  HandWritten history(QueueKind::kStandard);
  history.Sent(1, {1, 2});
  history.Sent(2, {3, 4});
  history.Sent(3, {5, 6});

  const Judgement judgement = history.Judged(/*remaining=*/1);

  EXPECT_EQ(judgement.count(Verdict::kLost), 2);
  ASSERT_EQ(judgement.findings.size(), 2U);
  EXPECT_EQ(judgement.findings[0].story.size(), 1U);
  EXPECT_EQ(judgement.findings[0].proof,
            "message 1:1 (00000000-0000-0001-0000-000000000001): acknowledged by 2000000000; until "
            "the end at 3600000000000 never delivered, purged or expired, and not there");
}

TEST(StoryTest, TellsWhatHappenedToBothMessages) {
  HandWritten history(QueueKind::kFifo);
  history.Sent(1, {1, 1.5});
  history.Sent(2, {1.6, 2});
  history.Sent(3, {1.6, 2});
  history.Deleted(history.Received(1, {3, 4}), {20, 21});
  history.Happened(Incident::Kind::kServerCrashed, 4.5);
  history.Happened(Incident::Kind::kServerStarted, 4.6);
  history.Deleted(history.Received(2, {5, 6}), {7, 8});

  const Judgement judgement = history.Judged(/*remaining=*/1);

  ASSERT_EQ(judgement.findings.size(), 1U) << TextOf(judgement);
  const std::vector<std::string>& story = judgement.findings[0].story;
  ASSERT_EQ(story.size(), 8U);
  EXPECT_EQ(story[2],
            "delivery asked=3000000000 answered=4000000000 client=11 call=4 message=1:1 "
            "id=00000000-0000-0001-0000-000000000001 sequence=1 count=1 handle=4294967297 "
            "visibility=30000000000");
  EXPECT_EQ(story[3], "incident at=4500000000 what=server_crashed client=0");
}

}  // namespace
}  // namespace twinq::history
