#include "platform/log_line.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace twinq::platform {
namespace {

const absl::Time kTime = absl::FromUnixMillis(1'700'000'000'007);

std::string Line(LogFormat format, const std::vector<LogField>& fields) {
  return LogLine(format, kTime, LogLevel::kWarning, "cut_off", fields);
}

TEST(LogLineTest, TextIsPairsOfNameAndValue) {
  EXPECT_EQ(Line(LogFormat::kText, {{"file", "/data/0.segment"}, {"offset", 512}}),
            "time=2023-11-14T22:13:20.007Z level=warning event=cut_off file=/data/0.segment "
            "offset=512\n");
}

TEST(LogLineTest, JsonIsOneObject) {
  EXPECT_EQ(Line(LogFormat::kJson, {{"file", "/data/0.segment"}, {"offset", 512}}),
            R"({"time":"2023-11-14T22:13:20.007Z","level":"warning","event":"cut_off",)"
            R"("file":"/data/0.segment","offset":512})"
            "\n");
}

TEST(LogLineTest, NumbersAndSpansAreNumbers) {
  const std::string line = Line(LogFormat::kJson, {{"least", std::numeric_limits<int64_t>::min()},
                                                   {"most", std::numeric_limits<uint64_t>::max()},
                                                   {"seconds", absl::Microseconds(12'345'678)}});

  EXPECT_NE(line.find(R"("least":-9223372036854775808,"most":18446744073709551615,)"
                      R"("seconds":12.346})"),
            std::string::npos)
      << line;
}

struct TextCase {
  const char* name;
  std::string value;
  std::string text;  // As key=value has it.
  std::string json;
};

class LogTextTest : public ::testing::TestWithParam<TextCase> {};

TEST_P(LogTextTest, BreaksNoLineAndNoField) {
  EXPECT_EQ(LogText(GetParam().value), GetParam().text);
  const std::string line = Line(LogFormat::kJson, {{"text", GetParam().value}});
  EXPECT_TRUE(line.ends_with(absl::StrCat("\"text\":", GetParam().json, "}\n"))) << line;
}

INSTANTIATE_TEST_SUITE_P(
    Values, LogTextTest,
    ::testing::Values(
        TextCase{"Word", "127.0.0.1:1/a_b", "127.0.0.1:1/a_b", R"("127.0.0.1:1/a_b")"},
        TextCase{"Empty", "", R"("")", R"("")"}, TextCase{"Space", "a b", R"("a b")", R"("a b")"},
        TextCase{"Quote", R"(a"b)", R"("a\"b")", R"("a\"b")"},
        TextCase{"Backslash", R"(a\n)", R"("a\\n")", R"("a\\n")"},
        TextCase{"EqualsSign", "a=b", R"("a=b")", R"("a=b")"},
        TextCase{"LineEnds", "a\nb\rc\td", R"("a\nb\rc\td")", R"("a\nb\rc\td")"},
        TextCase{"Controls", std::string("\0\x1b[31m\x7f", 7), R"("\u0000\u001b[31m\u007f")",
                 R"("\u0000\u001b[31m\u007f")"},
        TextCase{"LineEndsOfUnicode", "a\u0085b\u2028c\u2029d", R"("a\u0085b\u2028c\u2029d")",
                 R"("a\u0085b\u2028c\u2029d")"},
        TextCase{"Letters", "é€𝄞", "\"é€𝄞\"", "\"é€𝄞\""},
        TextCase{"NoUtf8", "a\xff\xc3", "\"a\uFFFD\uFFFD\"", "\"a\uFFFD\uFFFD\""},
        TextCase{"CutOff", "\xe2\x82", "\"\uFFFD\uFFFD\"", "\"\uFFFD\uFFFD\""},
        TextCase{"TooLongForm", "\xc0\xaf", "\"\uFFFD\uFFFD\"", "\"\uFFFD\uFFFD\""},
        TextCase{"Surrogate", "\xed\xa0\x80", "\"\uFFFD\uFFFD\uFFFD\"", "\"\uFFFD\uFFFD\uFFFD\""},
        TextCase{"BeyondUnicode", "\xf4\x90\x80\x80", "\"\uFFFD\uFFFD\uFFFD\uFFFD\"",
                 "\"\uFFFD\uFFFD\uFFFD\uFFFD\""}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq::platform
