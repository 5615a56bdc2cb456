#include "core/model/kept_attributes.h"

#include "gtest/gtest.h"

namespace twinq {
namespace {

KeptAttributes Kept(const GivenKeptAttributes& given, const KeptAttributes& current = {}) {
  return std::get<KeptAttributes>(given.Over(current, DedupScope::kMessageGroup));
}

TEST(KeptAttributesTest, WhatIsNotGivenKeepsItsValue) {
  const KeptAttributes current{.kms_data_key_reuse_period = absl::Minutes(2),
                               .policy = {.text = "{}", .canonical = "{}"},
                               .sqs_managed_sse = false};

  EXPECT_EQ(Kept({}, current), current);
  EXPECT_EQ(Kept({.policy = JsonText()}, current).policy, JsonText());
}

TEST(KeptAttributesTest, NamingAKeyEndsTheOtherEncryption) {
  const KeptAttributes with_key = Kept({.kms_master_key_id = "alias/a"});
  EXPECT_FALSE(with_key.sqs_managed_sse);

  const KeptAttributes without = Kept({.kms_master_key_id = ""}, with_key);
  EXPECT_EQ(without.kms_master_key_id, "");
  EXPECT_FALSE(without.sqs_managed_sse);
  EXPECT_TRUE(Kept({.sqs_managed_sse = true}, without).sqs_managed_sse);
}

TEST(KeptAttributesTest, BothEncryptionsAreRefused) {
  const ApiError both{.code = ApiErrorCode::kTwoEncryptions};
  const GivenKeptAttributes at_once{.kms_master_key_id = "a", .sqs_managed_sse = true};
  EXPECT_EQ(std::get<ApiError>(at_once.Over({}, DedupScope::kQueue)), both);

  const GivenKeptAttributes later{.sqs_managed_sse = true};
  EXPECT_EQ(std::get<ApiError>(later.Over(Kept({.kms_master_key_id = "a"}), DedupScope::kQueue)),
            both);
}

TEST(KeptAttributesTest, WithoutAKeyThereIsNoReusePeriod) {
  const KeptAttributes kept =
      Kept({.kms_data_key_reuse_period = absl::Minutes(5), .kms_master_key_id = ""},
           {.kms_data_key_reuse_period = absl::Minutes(2), .kms_master_key_id = "a"});

  EXPECT_EQ(kept.kms_data_key_reuse_period, std::nullopt);
  EXPECT_EQ(kept.kms_master_key_id, "");
}

TEST(KeptAttributesTest, ALimitPerGroupNeedsDeduplicationPerGroup) {
  const GivenKeptAttributes given{.fifo_throughput_limit = FifoThroughputLimit::kPerMessageGroupId};

  EXPECT_EQ(Kept(given).fifo_throughput_limit, FifoThroughputLimit::kPerMessageGroupId);
  EXPECT_EQ(
      std::get<ApiError>(given.Over({}, DedupScope::kQueue)),
      (ApiError{.code = ApiErrorCode::kInvalidAttributeValue, .parameter = "FifoThroughputLimit"}));
  EXPECT_TRUE(std::holds_alternative<ApiError>(
      GivenKeptAttributes().Over(Kept(given), DedupScope::kQueue)));
}

TEST(JsonTextTest, IsEqualIfItSaysTheSame) {
  const JsonText spaced{.text = "{ \"a\": 1 }", .canonical = "{\"a\":1}"};

  EXPECT_EQ(spaced, (JsonText{.text = "{\"a\":1}", .canonical = "{\"a\":1}"}));
  EXPECT_NE(spaced, JsonText());
}

}  // namespace
}  // namespace twinq
