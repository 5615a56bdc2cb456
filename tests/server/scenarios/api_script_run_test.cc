#include "tests/server/scenarios/api_script_run.h"

#include <string>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/server/scenarios/api_script.h"
#include "tests/server/scenarios/api_transport.h"
#include "tests/server/scenarios/json_pattern.h"
#include "tests/support/status_matchers.h"

namespace twinq::api {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// What comes of one script in a file "x.script".
std::string OutcomeOf(const std::string& steps) {
  const auto scripts = ParseApiScripts("script s\n" + steps, "x.script");
  EXPECT_THAT(scripts, IsOk());
  return scripts.ok() ? RunApiScript(scripts->front(), *NewDirectTransport()) : "";
}

TEST(ApiScriptRunTest, AWrongAnswerIsToldWithItsPlaceAndBothSides) {
  EXPECT_THAT(OutcomeOf("# A comment.\n"
                        "CreateQueue {\"QueueName\": \"jobs\"}\n"
                        "GetQueueUrl\n"
                        "  {\"QueueName\": \"jobs\"}\n"
                        "=> {\"QueueUrl\": \"elsewhere\"}\n"),
              AllOf(HasSubstr("x.script:4: GetQueueUrl"),
                    HasSubstr("expected: {\"QueueUrl\": \"elsewhere\"}"),
                    HasSubstr("actual:   {\"QueueUrl\":\"http://host:9323/000000000000/jobs\"}")));
}

TEST(ApiScriptRunTest, AWrongErrorIsToldWithBothSides) {
  EXPECT_THAT(OutcomeOf("DeleteQueue {\"QueueUrl\": \"jobs\"}\n"
                        "=> QueueDoesNotExist NOT_FOUND It is gone.\n"),
              AllOf(HasSubstr("expected: QueueDoesNotExist NOT_FOUND It is gone."),
                    HasSubstr("actual:   QueueDoesNotExist NOT_FOUND The specified queue")));
}

TEST(ApiScriptRunTest, ARefusalWhereAnAnswerIsExpectedIsTold) {
  EXPECT_THAT(OutcomeOf("DeleteQueue {\"QueueUrl\": \"jobs\"}\n=> {}\n"),
              HasSubstr("actual:   QueueDoesNotExist"));
  EXPECT_THAT(OutcomeOf("DeleteQueue {\"QueueUrl\": \"jobs\"}\n"), HasSubstr("expected: success"));
}

TEST(ApiScriptRunTest, AnAnswerWhereARefusalIsExpectedIsTold) {
  EXPECT_THAT(OutcomeOf("ListQueues {}\n=> QueueDoesNotExist NOT_FOUND text\n"),
              HasSubstr("actual:   {}"));
}

TEST(ApiScriptRunTest, UnknownActionsMembersAndNamesAreTold) {
  EXPECT_THAT(OutcomeOf("MakeQueue {}\n"), HasSubstr("no action MakeQueue"));
  EXPECT_THAT(OutcomeOf("ListQueues {\"Prefix\": \"a\"}\n"), HasSubstr("Prefix"));
  EXPECT_THAT(OutcomeOf("ListQueues {\"QueueNamePrefix\": \"$a\"}\n"),
              HasSubstr("nothing is called $a"));
  EXPECT_THAT(OutcomeOf("ListQueues {}\n$a = QueueUrls.0\n"), HasSubstr("no text at QueueUrls.0"));
}

TEST(ApiScriptParserTest, SaysWhereALineIsWrong) {
  const auto refusal = [](const std::string& text) {
    return std::string(ParseApiScripts(text, "x.script").status().message());
  };

  EXPECT_EQ(refusal("script s\n\nListQueues\n"), "x.script:3: ListQueues without a request");
  EXPECT_EQ(refusal("script s\n=> {}\n"), "x.script:2: an answer without its call");
  EXPECT_EQ(refusal("script s\nListQueues {}\n=> Error\n"),
            "x.script:3: an error is: NAME CODE text");
  EXPECT_EQ(refusal("script s\nadvance soon\n"), "x.script:2: no span of time: soon");
  EXPECT_EQ(refusal("  indented\n"), "x.script:1: continues no line");
  EXPECT_EQ(refusal("ListQueues {}\n"), "x.script: there is no script in it");
}

struct PatternCase {
  const char* name;
  const char* pattern;
  const char* document;
  const char* difference;
};

class JsonPatternTest : public ::testing::TestWithParam<PatternCase> {};

TEST_P(JsonPatternTest, TellsTheFirstDifference) {
  EXPECT_EQ(DifferenceFrom(GetParam().pattern, GetParam().document), GetParam().difference);
}

INSTANTIATE_TEST_SUITE_P(
    Documents, JsonPatternTest,
    ::testing::Values(
        PatternCase{"TheSame", R"({"a": [1, {"b": true}]})", R"({"a":[1,{"b":true}]})", ""},
        PatternCase{"OrderOfMembers", R"({"a": 1, "b": 2})", R"({"b":2,"a":1})", ""},
        PatternCase{"OrderOfElements", "[1, 2]", "[2, 1]", "0: 2 instead of 1"},
        PatternCase{"Missing", R"({"a": {"b": 1}})", R"({"a": {}})", "a.b: is missing"},
        PatternCase{"Unexpected", "{}", R"({"b":2})", "b: is not expected"},
        PatternCase{"Fewer", R"({"a": [1, 2]})", R"({"a":[1]})", "a: 1 elements instead of 2"},
        PatternCase{"TextAndNumber", R"({"a": "1"})", R"({"a":1})", "a: 1 instead of \"1\""},
        PatternCase{"AnyText", R"({"a": "<text>"})", R"({"a":"x"})", ""},
        PatternCase{"EmptyText", R"({"a": "<text>"})", R"({"a":""})",
                    "a: \"\" instead of \"<text>\""},
        PatternCase{"Uuid", R"(["<uuid>"])", R"(["01234567-89ab-cdef-0123-456789abcdef"])", ""},
        PatternCase{"NoUuid", R"(["<uuid>"])", R"(["01234567"])",
                    "0: \"01234567\" instead of \"<uuid>\""},
        PatternCase{"Digits", R"(["<digits>"])", R"(["0123"])", ""},
        PatternCase{"NoDigits", R"(["<digits>"])", R"(["1a"])",
                    "0: \"1a\" instead of \"<digits>\""},
        PatternCase{"NoJson", "{", "{}", "what is expected is no JSON"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq::api
