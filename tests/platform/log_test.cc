#include "platform/log.h"

#include <cstring>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "platform/thread.h"

namespace twinq::platform {
namespace {

using ::testing::internal::CaptureStderr;
using ::testing::internal::GetCapturedStderr;

class LogTest : public ::testing::Test {
 protected:
  void TearDown() override {
    SetLogLevel(LogLevel::kInfo);
    SetLogFormat(LogFormat::kText);
  }
};

TEST_F(LogTest, AnEventIsALineOfTextAtFirst) {
  CaptureStderr();

  Log(LogLevel::kInfo, "ready", {{"grpc", "127.0.0.1:1"}});

  EXPECT_THAT(GetCapturedStderr(),
              ::testing::MatchesRegex("time=[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
                                      "\\.[0-9]{3}Z level=info event=ready grpc=127.0.0.1:1\n"));
}

TEST_F(LogTest, AnEventIsAJsonObjectIfAskedFor) {
  CaptureStderr();
  SetLogFormat(LogFormat::kJson);

  Log(LogLevel::kInfo, "ready", {{"grpc", "127.0.0.1:1"}});

  EXPECT_THAT(GetCapturedStderr(),
              ::testing::MatchesRegex("\\{\"time\":\"[^\"]*Z\",\"level\":\"info\",\"event\":"
                                      "\"ready\",\"grpc\":\"127.0.0.1:1\"\\}\n"));
}

struct LevelCase {
  const char* name;
  LogLevel level;
  std::vector<std::string> written;
};

class LogLevelTest : public LogTest, public ::testing::WithParamInterface<LevelCase> {};

TEST_P(LogLevelTest, WritesThisLevelAndThoseAbove) {
  SetLogLevel(GetParam().level);
  CaptureStderr();

  Log(LogLevel::kDebug, "event");
  Log(LogLevel::kInfo, "event");
  Log(LogLevel::kWarning, "event");
  Log(LogLevel::kError, "event");

  std::vector<std::string> levels;
  for (absl::string_view line : absl::StrSplit(GetCapturedStderr(), '\n', absl::SkipEmpty())) {
    levels.push_back(
        std::vector<std::string>(absl::StrSplit(line, ' '))[1].substr(strlen("level=")));
  }
  EXPECT_EQ(levels, GetParam().written);
}

INSTANTIATE_TEST_SUITE_P(
    Levels, LogLevelTest,
    ::testing::Values(LevelCase{"Debug", LogLevel::kDebug, {"debug", "info", "warning", "error"}},
                      LevelCase{"Info", LogLevel::kInfo, {"info", "warning", "error"}},
                      LevelCase{"Warning", LogLevel::kWarning, {"warning", "error"}},
                      LevelCase{"Error", LogLevel::kError, {"error"}}),
    [](const auto& test) { return test.param.name; });

TEST_F(LogTest, LinesOfSeveralThreadsDoNotMix) {
  constexpr int kLinesPerThread = 200;
  CaptureStderr();
  {
    std::deque<Thread> threads;
    for (char letter = 'a'; letter < 'e'; ++letter) {
      const std::string event(100, letter);
      threads.emplace_back("log", [event] {
        for (int i = 0; i < kLinesPerThread; ++i) Log(LogLevel::kInfo, event);
      });
    }
  }

  int whole_lines = 0;
  for (absl::string_view line : absl::StrSplit(GetCapturedStderr(), '\n', absl::SkipEmpty())) {
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    ASSERT_EQ(words.size(), 3u) << line;
    EXPECT_EQ(words[2], "event=" + std::string(100, words[2].back()));
    ++whole_lines;
  }
  EXPECT_EQ(whole_lines, 4 * kLinesPerThread);
}

}  // namespace
}  // namespace twinq::platform
