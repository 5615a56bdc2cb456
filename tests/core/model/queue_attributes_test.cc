#include "core/model/queue_attributes.h"

#include "gtest/gtest.h"

namespace twinq {
namespace {

struct DifferenceCase {
  const char* name;
  GivenQueueAttributes given;
  const char* difference;
};

class FirstDifferenceTest : public ::testing::TestWithParam<DifferenceCase> {};

TEST_P(FirstDifferenceTest, LooksAtGivenAttributesOnly) {
  const QueueAttributes current{.receive_wait = absl::Seconds(5),
                                .visibility_timeout = absl::Seconds(40)};
  const KeptAttributes kept{.policy = {.text = "{ }", .canonical = "{}"}, .sqs_managed_sse = false};

  EXPECT_EQ(GetParam().given.FirstDifference(current, kept), GetParam().difference);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FirstDifferenceTest,
    ::testing::Values(
        DifferenceCase{"NoneGiven", {}, ""},
        DifferenceCase{"Equal",
                       {.delay = absl::ZeroDuration(),
                        .message_bytes_max = 1'048'576,
                        .retention = absl::Hours(96),
                        .receive_wait = absl::Seconds(5),
                        .visibility_timeout = absl::Seconds(40),
                        .content_based_dedup = false,
                        .dedup_scope = DedupScope::kQueue,
                        .kept = {.fifo_throughput_limit = FifoThroughputLimit::kPerQueue,
                                 .kms_master_key_id = "",
                                 .policy = JsonText{.text = "{}", .canonical = "{}"},
                                 .redrive_policy = RedrivePolicy(),
                                 .sqs_managed_sse = false}},
                       ""},
        DifferenceCase{"Delay", {.delay = absl::Seconds(1)}, "DelaySeconds"},
        DifferenceCase{"Size", {.message_bytes_max = 1'024}, "MaximumMessageSize"},
        DifferenceCase{"Retention", {.retention = absl::Minutes(1)}, "MessageRetentionPeriod"},
        DifferenceCase{
            "Wait", {.receive_wait = absl::ZeroDuration()}, "ReceiveMessageWaitTimeSeconds"},
        DifferenceCase{
            "Visibility", {.visibility_timeout = absl::Seconds(41)}, "VisibilityTimeout"},
        DifferenceCase{"ContentDedup", {.content_based_dedup = true}, "ContentBasedDeduplication"},
        DifferenceCase{"Scope", {.dedup_scope = DedupScope::kMessageGroup}, "DeduplicationScope"},
        DifferenceCase{"ThroughputLimit",
                       {.kept = {.fifo_throughput_limit = FifoThroughputLimit::kPerMessageGroupId}},
                       "FifoThroughputLimit"},
        DifferenceCase{"ReusePeriod",
                       {.kept = {.kms_data_key_reuse_period = absl::Minutes(5)}},
                       "KmsDataKeyReusePeriodSeconds"},
        DifferenceCase{"Key", {.kept = {.kms_master_key_id = "alias/a"}}, "KmsMasterKeyId"},
        DifferenceCase{"Policy", {.kept = {.policy = JsonText()}}, "Policy"},
        DifferenceCase{
            "RedriveAllowPolicy",
            {.kept = {.redrive_allow_policy = JsonText{.text = "{}", .canonical = "{}"}}},
            "RedriveAllowPolicy"},
        DifferenceCase{
            "RedrivePolicy",
            {.kept = {.redrive_policy = RedrivePolicy{.json = {.text = "{}", .canonical = "{}"}}}},
            "RedrivePolicy"},
        DifferenceCase{"Encryption", {.kept = {.sqs_managed_sse = true}}, "SqsManagedSseEnabled"},
        DifferenceCase{"FirstByName",
                       {.delay = absl::Seconds(1), .visibility_timeout = absl::Seconds(41)},
                       "DelaySeconds"}),
    [](const auto& test) { return test.param.name; });

TEST(GivenQueueAttributesTest, WhatIsNotGivenKeepsItsValue) {
  const QueueAttributes current{.delay = absl::Seconds(3), .content_based_dedup = true};

  const QueueAttributes changed = GivenQueueAttributes{.delay = absl::Seconds(4)}.Over(current);

  EXPECT_EQ(changed, (QueueAttributes{.delay = absl::Seconds(4), .content_based_dedup = true}));
}

TEST(QueueAttributesTest, DefaultsAreTheServices) {
  const QueueAttributes attributes;

  EXPECT_EQ(attributes.delay, absl::ZeroDuration());
  EXPECT_EQ(attributes.message_bytes_max, 1'048'576u);
  EXPECT_EQ(attributes.retention, absl::Hours(96));
  EXPECT_EQ(attributes.receive_wait, absl::ZeroDuration());
  EXPECT_EQ(attributes.visibility_timeout, absl::Seconds(30));
  EXPECT_FALSE(attributes.content_based_dedup);
  EXPECT_EQ(attributes.dedup_scope, DedupScope::kQueue);
}

}  // namespace
}  // namespace twinq
