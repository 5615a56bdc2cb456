#include "client/lib/durations.h"

#include "gtest/gtest.h"

namespace twinq::client {
namespace {

struct ParseCase {
  const char* name;
  const char* text;
  absl::Duration span;
};

class ParseDurationTest : public ::testing::TestWithParam<ParseCase> {};

TEST_P(ParseDurationTest, ReadsNumberAndUnit) {
  const auto span = ParseDuration(GetParam().text);

  ASSERT_TRUE(span.ok()) << span.status();
  EXPECT_EQ(*span, GetParam().span);
}

INSTANTIATE_TEST_SUITE_P(Spans, ParseDurationTest,
                         ::testing::Values(ParseCase{"Seconds", "8s", absl::Seconds(8)},
                                           ParseCase{"Milliseconds", "500ms",
                                                     absl::Milliseconds(500)},
                                           ParseCase{"Parts", "1h30m", absl::Minutes(90)},
                                           ParseCase{"Fraction", "1.5s", absl::Milliseconds(1500)},
                                           ParseCase{"Zero", "0", absl::ZeroDuration()}),
                         [](const auto& test) { return test.param.name; });

class ParseDurationErrorTest : public ::testing::TestWithParam<const char*> {};

TEST_P(ParseDurationErrorTest, SaysWhatToWriteInstead) {
  const auto span = ParseDuration(GetParam());

  EXPECT_EQ(span.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(span.status().message().find("as in 8s or 500ms"), absl::string_view::npos);
}

INSTANTIATE_TEST_SUITE_P(NoSpans, ParseDurationErrorTest,
                         ::testing::Values("", "8", "s", "8 s", "8x", "-1s", "inf", "8s!"));

struct WholeSecondsCase {
  const char* name;
  absl::Duration span;
  absl::StatusCode code;
};

class WholeSecondsTest : public ::testing::TestWithParam<WholeSecondsCase> {};

TEST_P(WholeSecondsTest, RefusesWhatNoInt32OfSecondsHolds) {
  EXPECT_EQ(WholeSeconds(GetParam().span).status().code(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Boundaries, WholeSecondsTest,
    ::testing::Values(
        WholeSecondsCase{"Zero", absl::ZeroDuration(), absl::StatusCode::kOk},
        WholeSecondsCase{"Negative", absl::Seconds(-1), absl::StatusCode::kOk},
        WholeSecondsCase{"Fraction", absl::Milliseconds(999), absl::StatusCode::kInvalidArgument},
        WholeSecondsCase{"Largest", absl::Seconds(2'147'483'647), absl::StatusCode::kOk},
        WholeSecondsCase{"TooLarge", absl::Seconds(2'147'483'648),
                         absl::StatusCode::kInvalidArgument},
        WholeSecondsCase{"Infinite", absl::InfiniteDuration(), absl::StatusCode::kInvalidArgument}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq::client
