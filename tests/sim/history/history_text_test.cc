#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

#include "sim/history/history_parser.h"
#include "sim/history/history_writer.h"
#include "tests/sim/history/toy_run.h"
#include "tests/support/seed.h"
#include "tests/support/status_matchers.h"

namespace twinq::history {
namespace {

std::vector<std::string> LinesOf(const History& history) {
  std::vector<std::string> lines;
  WriteHistory(history, [&](absl::string_view line) { lines.emplace_back(line); });
  return lines;
}

absl::StatusOr<History> Parse(const std::vector<std::string>& lines) {
  HistoryParser parser;
  for (const std::string& line : lines) {
    if (absl::Status added = parser.AddLine(line); !added.ok()) return added;
  }
  return parser.Finish();
}

TEST(HistoryTextTest, WhatIsWrittenIsRead) {
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    const QueueKind kind = seed % 2 == 0 ? QueueKind::kFifo : QueueKind::kStandard;
    const History history = RunToy(RandomWorkload(kind, seed));
    const std::vector<std::string> lines = LinesOf(history);

    const absl::StatusOr<History> read = Parse(lines);

    ASSERT_THAT(read, IsOk());
    EXPECT_EQ(read->deliveries, history.deliveries);
    EXPECT_EQ(read->empty_receives, history.empty_receives);
    EXPECT_EQ(read->deletes, history.deletes);
    EXPECT_EQ(read->changes, history.changes);
    EXPECT_EQ(read->purges, history.purges);
    EXPECT_EQ(read->incidents, history.incidents);
    EXPECT_EQ(read->end, history.end);
    EXPECT_EQ(read->events(), history.events());
    EXPECT_EQ(LinesOf(*read), lines);  // Names may be numbered otherwise; the text is the same.
  }
}

constexpr absl::string_view kSendLine =
    "send asked=5 answered=9 client=1 call=1 message=1:7 group=id/g dedup=own outcome=done "
    "id=00000000-0000-0001-0000-000000000002 sequence=3";
constexpr absl::string_view kDeliveryLine =
    "delivery asked=10 answered=12 client=2 call=1 message=1:7 "
    "id=00000000-0000-0001-0000-000000000002 sequence=3 count=1 handle=1 visibility=30000000000";
constexpr absl::string_view kUnknownSendLine =
    "send asked=6 answered=never client=1 call=2 message=1:8 group=none dedup=id/d "
    "outcome=unknown id=00000000-0000-0000-0000-000000000000 sequence=0";
constexpr absl::string_view kReleaseLine =
    "change asked=14 answered=15 client=2 call=3 handle=1 visibility=0 purpose=release "
    "outcome=done";
constexpr absl::string_view kEndLine = "end at=99 remaining=0";

TEST(HistoryTextTest, EveryKindOfLine) {
  const std::vector<std::string> lines = {
      std::string(kFormatLine),
      std::string(kSendLine),
      std::string(kUnknownSendLine),
      std::string(kDeliveryLine),
      "delete asked=13 answered=14 client=2 call=2 handle=1 outcome=refused",
      std::string(kReleaseLine),
      "receive asked=16 answered=17 client=2 call=4 outcome=done",
      "purge asked=18 answered=19 client=2 call=5 outcome=done",
      "incident at=20 what=client_started client=2",
      "end at=99 remaining=unknown"};

  const absl::StatusOr<History> history = Parse(lines);

  ASSERT_THAT(history, IsOk());
  EXPECT_EQ(LinesOf(*history), lines);
}

struct BadLine {
  std::string name;
  std::string line;  // The second of the text; the third is the end.
  std::string error;
};

class BadLineTest : public testing::TestWithParam<BadLine> {};

TEST_P(BadLineTest, IsRefusedByLineAndField) {
  const absl::StatusOr<History> history =
      Parse({std::string(kFormatLine), GetParam().line, std::string(kEndLine)});

  EXPECT_THAT(history, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(history.status().message(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadLineTest,
    testing::Values(
        BadLine{"NoEvent", "sent asked=1", "line 2: \"sent\" is no event"},
        BadLine{"Empty", "", "line 2: \"\" is no event"},
        BadLine{"FieldMissing", "purge asked=1 answered=2 call=5 outcome=done",
                "line 2: field client is missing, there is \"call=5\""},
        BadLine{"CutOff", "purge asked=1 answered=2", "line 2: field client is missing"},
        BadLine{"FieldTooMany", "purge asked=1 answered=2 client=2 call=5 outcome=done x=1",
                "line 2: no field is to follow, there is \"x=1\""},
        BadLine{"NoNumber", "purge asked=1s answered=2 client=2 call=5 outcome=done",
                "line 2: field asked cannot be \"1s\""},
        BadLine{"TooLarge", "purge asked=1 answered=2 client=4294967296 call=5 outcome=done",
                "line 2: field client cannot be \"4294967296\""},
        BadLine{"NoOutcome", "purge asked=1 answered=2 client=2 call=5 outcome=maybe",
                "line 2: field outcome cannot be \"maybe\""},
        BadLine{"NoIncident", "incident at=1 what=rain client=2",
                "line 2: field what cannot be \"rain\""},
        BadLine{"NoMessage",
                "delivery asked=1 answered=2 client=2 call=1 message=7 "
                "id=00000000-0000-0001-0000-000000000002 sequence=3 count=1 handle=1 visibility=3",
                "line 2: field message cannot be \"7\""},
        BadLine{"NoId",
                "delivery asked=1 answered=2 client=2 call=1 message=1:7 id=2 sequence=3 count=1 "
                "handle=1 visibility=3",
                "line 2: field id cannot be \"2\""},
        BadLine{"NoVisibility",
                "delivery asked=1 answered=2 client=2 call=1 message=1:7 "
                "id=00000000-0000-0001-0000-000000000002 sequence=3 count=1 handle=1 visibility=-3",
                "line 2: field visibility cannot be \"-3\""},
        BadLine{"AnsweredTooEarly", "purge asked=3 answered=2 client=2 call=5 outcome=done",
                "answered before it was asked: call 5 of client 2, asked at 3"},
        BadLine{"UnknownWithAnswer", "purge asked=1 answered=2 client=2 call=5 outcome=unknown",
                "an answer with unknown outcome, or an outcome without answer: call 5 of client 2, "
                "asked at 1"},
        BadLine{"AfterTheEnd", "purge asked=1 answered=100 client=2 call=5 outcome=done",
                "after the end: call 5 of client 2, asked at 1"},
        BadLine{"HandleOfNobody", "delete asked=1 answered=2 client=2 call=5 handle=3 outcome=done",
                "a handle that no delivery issued: call 5 of client 2, asked at 1"},
        BadLine{"EndTwice", "end at=1 remaining=0", "line 3: follows the end"}),
    [](const auto& test) { return test.param.name; });

TEST(HistoryTextTest, OtherFormatIsRefused) {
  EXPECT_EQ(Parse({"twinq-history 2"}).status().message(), "line 1: is to be \"twinq-history 1\"");
}

TEST(HistoryTextTest, TextWithoutEndIsRefused) {
  EXPECT_EQ(Parse({std::string(kFormatLine)}).status().message(),
            "line 2: missing, the last line is to be the end");
}

TEST(HistoryTextTest, HandleOfTwoDeliveriesIsRefused) {
  const std::string delivery(kDeliveryLine);

  EXPECT_THAT(Parse({std::string(kFormatLine), delivery, delivery, std::string(kEndLine)}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace twinq::history
