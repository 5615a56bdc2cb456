#include "client/load/engine/message_tag.h"

#include <limits>
#include <string>

#include "gtest/gtest.h"

namespace twinq::load {
namespace {

struct TagCase {
  const char* name;
  MessageTag tag;
};

class MessageTagTest : public ::testing::TestWithParam<TagCase> {};

TEST_P(MessageTagTest, SurvivesTheBodyAtEverySize) {
  for (const size_t body_bytes : {kBodyBytesMin, kBodyBytesMin + 1, size_t{4096}}) {
    const std::string body = EncodeBody(GetParam().tag, body_bytes);

    EXPECT_EQ(body.size(), body_bytes);
    EXPECT_EQ(DecodeBody(body).value(), GetParam().tag);
  }
}

constexpr uint32_t kLargest = std::numeric_limits<uint32_t>::max();

INSTANTIATE_TEST_SUITE_P(
    Extremes, MessageTagTest,
    ::testing::Values(TagCase{"Zero", {{0, 0}, absl::UnixEpoch()}},
                      TagCase{"Usual", {{3, 1234}, absl::FromUnixNanos(1'700'000'000'123'456'789)}},
                      TagCase{"Largest",
                              {{kLargest, kLargest},
                               absl::FromUnixNanos(std::numeric_limits<int64_t>::max())}}),
    [](const auto& test) { return test.param.name; });

class ForeignBodyTest : public ::testing::TestWithParam<const char*> {};

TEST_P(ForeignBodyTest, HasNoTag) {
  EXPECT_EQ(DecodeBody(GetParam()).status().code(), absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(Bodies, ForeignBodyTest,
                         ::testing::Values("", "hello", "1 2", "1 2 3 4", "1 2 x", "a 2 3",
                                           "1 99999999999999999999 3"));

}  // namespace
}  // namespace twinq::load
