#include "server/api/attribute_texts.h"

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace twinq::api {
namespace {

// What the texts say of a FIFO queue, which may have every attribute. REQUIRES: they are accepted.
GivenQueueAttributes Parse(const AttributeTexts& texts) {
  return std::get<GivenQueueAttributes>(AttributesForQueue(
      {.kind = QueueKind::kFifo, .name = "orders.fifo", .directory = Directory()}, texts));
}

TEST(AttributeTextsTest, EachSetsItsOwnAttribute) {
  const GivenQueueAttributes given = Parse({{"ContentBasedDeduplication", "true"},
                                            {"DeduplicationScope", "messageGroup"},
                                            {"DelaySeconds", "1"},
                                            {"FifoQueue", "true"},
                                            {"MaximumMessageSize", "1025"},
                                            {"MessageRetentionPeriod", "61"},
                                            {"ReceiveMessageWaitTimeSeconds", "2"},
                                            {"VisibilityTimeout", "3"}});

  EXPECT_EQ(given.content_based_dedup, true);
  EXPECT_EQ(given.dedup_scope, DedupScope::kMessageGroup);
  EXPECT_EQ(given.delay, absl::Seconds(1));
  EXPECT_EQ(given.message_bytes_max, 1'025u);
  EXPECT_EQ(given.retention, absl::Seconds(61));
  EXPECT_EQ(given.receive_wait, absl::Seconds(2));
  EXPECT_EQ(given.visibility_timeout, absl::Seconds(3));
}

TEST(AttributeTextsTest, WhatIsNotGivenIsNotSet) {
  const GivenQueueAttributes given = Parse({{"DelaySeconds", "0"}});

  EXPECT_EQ(given.delay, absl::ZeroDuration());
  EXPECT_EQ(given.content_based_dedup, std::nullopt);
  EXPECT_EQ(given.dedup_scope, std::nullopt);
  EXPECT_EQ(given.message_bytes_max, std::nullopt);
  EXPECT_EQ(given.retention, std::nullopt);
  EXPECT_EQ(given.receive_wait, std::nullopt);
  EXPECT_EQ(given.visibility_timeout, std::nullopt);
}

TEST(AttributeTextsTest, BothEndsOfEachRangeAreAccepted) {
  const GivenQueueAttributes least = Parse({{"DelaySeconds", "0"},
                                            {"MaximumMessageSize", "1024"},
                                            {"MessageRetentionPeriod", "60"},
                                            {"ReceiveMessageWaitTimeSeconds", "0"},
                                            {"VisibilityTimeout", "0"}});
  const GivenQueueAttributes most = Parse({{"DelaySeconds", "900"},
                                           {"MaximumMessageSize", "1048576"},
                                           {"MessageRetentionPeriod", "1209600"},
                                           {"ReceiveMessageWaitTimeSeconds", "20"},
                                           {"VisibilityTimeout", "43200"}});

  EXPECT_EQ(least.message_bytes_max, 1'024u);
  EXPECT_EQ(least.retention, absl::Minutes(1));
  EXPECT_EQ(most.delay, absl::Minutes(15));
  EXPECT_EQ(most.message_bytes_max, 1'048'576u);
  EXPECT_EQ(most.retention, absl::Hours(14 * 24));
  EXPECT_EQ(most.visibility_timeout, absl::Hours(12));
}

TEST(AttributeTextsTest, LeadingZerosAreDecimalText) {
  EXPECT_EQ(Parse({{"VisibilityTimeout", "0030"}}).visibility_timeout, absl::Seconds(30));
}

struct BooleanCase {
  const char* name;
  const char* text;
  std::optional<bool> value;
};

class ParseBooleanTest : public ::testing::TestWithParam<BooleanCase> {};

TEST_P(ParseBooleanTest, TakesTheTwoWordsInAnyCase) {
  EXPECT_EQ(ParseBoolean(GetParam().text), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Words, ParseBooleanTest,
    ::testing::Values(BooleanCase{"Lower", "true", true}, BooleanCase{"Capital", "True", true},
                      BooleanCase{"Upper", "TRUE", true}, BooleanCase{"Mixed", "tRuE", true},
                      BooleanCase{"LowerFalse", "false", false},
                      BooleanCase{"CapitalFalse", "False", false},
                      BooleanCase{"UpperFalse", "FALSE", false}, BooleanCase{"Empty", "", {}},
                      BooleanCase{"One", "1", {}}, BooleanCase{"Yes", "yes", {}},
                      BooleanCase{"Cut", "tru", {}}, BooleanCase{"Longer", "true ", {}}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq::api
