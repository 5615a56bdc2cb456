#include "platform/read_file.h"

#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace twinq::platform {
namespace {

using absl::StatusCode;
using ::testing::HasSubstr;

class ReadFileTest : public ::testing::Test {
 protected:
  void Write(const std::string& contents) const { std::ofstream(path_) << contents; }

  const TemporaryDirectory temporary_;
  const std::string path_ = absl::StrCat(temporary_.path(), "/file");
};

TEST_F(ReadFileTest, AllOfItIsRead) {
  const std::string contents(10'000, 'x');
  Write(contents);

  const auto read = ReadFile(path_, 10'000);

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(*read, contents);
}

TEST_F(ReadFileTest, MoreThanWantedIsAnError) {
  Write(std::string(10'000, 'x'));

  EXPECT_THAT(ReadFile(path_, 9'999), StatusIs(StatusCode::kOutOfRange));
}

TEST_F(ReadFileTest, AMissingFileIsNamed) {
  const auto read = ReadFile(path_, 1);

  ASSERT_THAT(read, StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(std::string(read.status().message()), HasSubstr(path_));
}

TEST_F(ReadFileTest, ADirectoryIsNoFile) {
  const auto read = ReadFile(std::string(temporary_.path()), 1);

  ASSERT_FALSE(read.ok());
  EXPECT_THAT(std::string(read.status().message()), HasSubstr(std::string(temporary_.path())));
}

}  // namespace
}  // namespace twinq::platform
