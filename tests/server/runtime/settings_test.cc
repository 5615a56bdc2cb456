#include "server/runtime/settings.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using absl::StatusCode;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::string MistakeInNumber(const std::string& text) {
  return text.find_first_not_of("0123456789") == std::string::npos
             ? ""
             : absl::StrCat("'", text, "' is not a number");
}

std::string NoMistake(const std::string&) { return ""; }

constexpr SettingKind kKinds[] = {
    {"config", "FILE", "", "", NoMistake},
    {"log-size", "NUMBER", "7", "", MistakeInNumber},
    {"path", "PATH", "", "", NoMistake},
};

class SettingsTest : public ::testing::Test {
 protected:
  absl::Status GiveFile(absl::string_view contents) {
    return settings_.GiveFile("dir/f.conf", contents, "config");
  }
  absl::Status GiveEnvironment(const std::vector<std::string>& variables) {
    return settings_.GiveEnvironment(variables);
  }

  Settings settings_{kKinds};
};

TEST_F(SettingsTest, AtFirstTheDefaultsHold) {
  EXPECT_EQ(settings_.Get("log-size").text, "7");
  EXPECT_EQ(settings_.Get("log-size").origin, "default");
  EXPECT_FALSE(settings_.Get("log-size").is_given());
  EXPECT_EQ(settings_.Get("path").text, "");
}

TEST_F(SettingsTest, LaterGoesBeforeEarlier) {
  ASSERT_THAT(GiveFile("path = a\nlog-size = 1"), IsOk());
  EXPECT_EQ(settings_.Get("log-size").origin, "dir/f.conf:2");
  ASSERT_THAT(GiveEnvironment({"TWINQ_LOG_SIZE=2"}), IsOk());
  EXPECT_EQ(settings_.Get("log-size").origin, "environment TWINQ_LOG_SIZE");
  ASSERT_THAT(settings_.Give("log-size", "3", "command line"), IsOk());

  EXPECT_EQ(settings_.Get("log-size").text, "3");
  EXPECT_EQ(settings_.Get("log-size").origin, "command line");
  EXPECT_EQ(settings_.Get("path").text, "a");
}

TEST_F(SettingsTest, ABadValueIsNamedWithSettingAndOrigin) {
  const absl::Status in_file = GiveFile("log-size = many");
  const absl::Status in_environment = GiveEnvironment({"TWINQ_LOG_SIZE=many"});

  EXPECT_EQ(in_file,
            absl::InvalidArgumentError("--log-size (dir/f.conf:1): 'many' is not a number"));
  EXPECT_EQ(in_environment, absl::InvalidArgumentError("--log-size (environment TWINQ_LOG_SIZE): "
                                                       "'many' is not a number"));
}

TEST_F(SettingsTest, AnUnknownNameInTheFileIsAnErrorThatNamesTheNearest) {
  const absl::Status status = GiveFile("path = a\nlog_size = 1");

  EXPECT_EQ(status, absl::InvalidArgumentError("dir/f.conf:2: there is no setting 'log_size' here; "
                                               "the nearest is log-size"));
}

TEST_F(SettingsTest, AFileNamesNoOtherFile) {
  const absl::Status status = GiveFile("config = other");

  ASSERT_THAT(status, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("dir/f.conf:1: there is no setting 'config'"));
}

TEST_F(SettingsTest, AFileSetsASettingOnce) {
  EXPECT_EQ(GiveFile("path = a\n\npath = b"),
            absl::InvalidArgumentError("dir/f.conf:3: path is set in line 1 already"));
}

TEST_F(SettingsTest, AnEmptyVariableSaysNothing) {
  ASSERT_THAT(GiveEnvironment({"TWINQ_LOG_SIZE="}), IsOk());

  EXPECT_FALSE(settings_.Get("log-size").is_given());
}

TEST_F(SettingsTest, AVariableMayHoldAnEqualsSign) {
  ASSERT_THAT(GiveEnvironment({"TWINQ_PATH=a=b"}), IsOk());

  EXPECT_EQ(settings_.Get("path").text, "a=b");
}

class MisspeltVariableTest : public SettingsTest,
                             public ::testing::WithParamInterface<const char*> {};

TEST_P(MisspeltVariableTest, IsAnErrorThatNamesTheNearest) {
  const absl::Status status = GiveEnvironment({absl::StrCat(GetParam(), "=1")});

  ASSERT_THAT(status, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(status.message()),
              AllOf(HasSubstr(absl::StrCat("environment ", GetParam(), ":")),
                    HasSubstr("the nearest is TWINQ_LOG_SIZE")));
}

INSTANTIATE_TEST_SUITE_P(Slips, MisspeltVariableTest,
                         ::testing::Values("TWINQ_LOGSIZE", "TWINQ_LOG_SZIE", "TWINQ_LOG_SIZES",
                                           "TWINQ_LOG-SIZE", "TWINQ_log_size"));

class ForeignVariableTest : public SettingsTest,
                            public ::testing::WithParamInterface<const char*> {};

TEST_P(ForeignVariableTest, IsSomebodyElses) {
  ASSERT_THAT(GiveEnvironment({absl::StrCat(GetParam(), "=1")}), IsOk());

  EXPECT_EQ(settings_.Listing("config"), Settings(kKinds).Listing("config"));
}

INSTANTIATE_TEST_SUITE_P(Names, ForeignVariableTest,
                         ::testing::Values("TWINQ_SERVER", "TWINQ_COLOR", "TWINQ_SEED", "TWINQ_",
                                           "TWINQ_SERVICE_HOST", "LOG_SIZE", "twinq_log_size",
                                           "HOME"));

TEST_F(SettingsTest, TheListingNamesEachSettingItsValueAndItsOrigin) {
  ASSERT_THAT(GiveEnvironment({"TWINQ_CONFIG=dir/f.conf"}), IsOk());
  ASSERT_THAT(GiveFile("\npath = \"a #b\""), IsOk());

  EXPECT_EQ(settings_.Listing("config"),
            "# config = dir/f.conf  # environment TWINQ_CONFIG\n"
            "# log-size = 7         # default\n"
            "path = \"a #b\"          # dir/f.conf:2\n");
}

TEST_F(SettingsTest, TheListingIsAConfigFileThatSaysTheSame) {
  ASSERT_THAT(settings_.Give("path", "a #\\\"b", "command line"), IsOk());

  Settings read(kKinds);
  ASSERT_THAT(read.GiveFile("f", settings_.Listing("config"), "config"), IsOk());

  EXPECT_EQ(read.Get("path").text, "a #\\\"b");
  EXPECT_FALSE(read.Get("log-size").is_given());
}

}  // namespace
}  // namespace twinq
