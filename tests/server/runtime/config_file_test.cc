#include "server/runtime/config_file.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using absl::StatusCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct LineCase {
  const char* name;
  std::string line;
  std::string value;
};

class ConfigLineTest : public ::testing::TestWithParam<LineCase> {};

TEST_P(ConfigLineTest, HasAValue) {
  const auto lines = ParseConfigFile("f", GetParam().line);

  ASSERT_THAT(lines, IsOk());
  ASSERT_THAT(*lines, SizeIs(1));
  EXPECT_EQ((*lines)[0].name, "name");
  EXPECT_EQ((*lines)[0].value, GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(Forms, ConfigLineTest,
                         ::testing::Values(LineCase{"Plain", "name = value", "value"},
                                           LineCase{"WithoutBlanks", "name=value", "value"},
                                           LineCase{"ManyBlanks", "\t name \t=  value \t", "value"},
                                           LineCase{"CarriageReturn", "name = value\r\n", "value"},
                                           LineCase{"Comment", "name = value # and more", "value"},
                                           LineCase{"HashInside", "name = a#b", "a#b"},
                                           LineCase{"BlankInside", "name = a b", "a b"},
                                           LineCase{"EqualsSign", "name = a=b", "a=b"},
                                           LineCase{"Quotes", R"(name = " a # b ")", " a # b "},
                                           LineCase{"QuotesAndComment", R"(name = "a" # "b")", "a"},
                                           LineCase{"Escapes", R"(name = "a\"b\\c")", R"(a"b\c)"},
                                           LineCase{"EmptyQuotes", R"(name = "")", ""},
                                           LineCase{"QuoteInside", R"(name = a"b")", R"(a"b")"}),
                         [](const auto& test) { return test.param.name; });

TEST(ConfigFileTest, LinesAreCountedFromOne) {
  const auto lines = ParseConfigFile("f", "\n# comment\n  # another\na = 1\n\nb = 2\n");

  ASSERT_THAT(lines, IsOk());
  ASSERT_THAT(*lines, SizeIs(2));
  EXPECT_EQ((*lines)[0].number, 4);
  EXPECT_EQ((*lines)[1].number, 6);
}

TEST(ConfigFileTest, AnEmptyFileHasNoLines) {
  const auto lines = ParseConfigFile("f", "");

  ASSERT_THAT(lines, IsOk());
  EXPECT_THAT(*lines, IsEmpty());
}

struct BadLineCase {
  const char* name;
  std::string line;
  std::string mistake;
};

class BadConfigLineTest : public ::testing::TestWithParam<BadLineCase> {};

TEST_P(BadConfigLineTest, IsNamedByFileAndLine) {
  const auto lines = ParseConfigFile("dir/f.conf", absl::StrCat("a = 1\n", GetParam().line, "\n"));

  ASSERT_THAT(lines, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(std::string(lines.status().message()),
            absl::StrCat("dir/f.conf:2: ", GetParam().mistake));
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, BadConfigLineTest,
    ::testing::Values(
        BadLineCase{"Word", "name", "this is not name = value"},
        BadLineCase{"Section", "[server]", "this is not name = value"},
        BadLineCase{"NoName", "= value", "this is not name = value"},
        BadLineCase{"NoValue", "name =", "there is no value"},
        BadLineCase{"OnlyComment", "name = # value", "there is no value"},
        BadLineCase{"OpenQuote", R"(name = "value)", "the closing quote is missing"},
        BadLineCase{"EscapedQuote", R"(name = "value\")", "the closing quote is missing"},
        BadLineCase{"BehindTheQuote", R"(name = "a"b)",
                    "there is something behind the closing quote"},
        BadLineCase{"UnknownEscape", R"(name = "a\n")",
                    R"(in quotes a \ stands before " or \ only)"},
        BadLineCase{"EscapeAtTheEnd", R"(name = "a\)",
                    R"(in quotes a \ stands before " or \ only)"},
        BadLineCase{"Control", "name = a\x1b[31m", "there is a control character"},
        BadLineCase{"Nul", std::string("name = a\0b", 10), "there is a control character"}),
    [](const auto& test) { return test.param.name; });

class ConfigTextTest : public ::testing::TestWithParam<const char*> {};

TEST_P(ConfigTextTest, IsReadBackAsItWas) {
  const auto lines = ParseConfigFile("f", absl::StrCat("name = ", ConfigText(GetParam()), " # x"));

  ASSERT_THAT(lines, IsOk());
  EXPECT_EQ((*lines)[0].value, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Values, ConfigTextTest,
                         ::testing::Values("/var/lib/twinq", "", "a b", " a ", "#", "a#b", "a #b",
                                           "\"a\"", "a\"b", "a\\b", "a=b", "\u00e9", "a\tb",
                                           "a\xFF"
                                           "b"));

TEST(ConfigTextTest, OfSeveralLinesIsOneLine) {
  EXPECT_THAT(ConfigText("a\nb"), ::testing::Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace twinq
