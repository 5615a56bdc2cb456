#include "server/data_directory.h"

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "platform/posix_file_system.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace twinq {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DataDirectoryTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<FileJournal>> Open() {
    return OpenDataDirectory(files_, "data", random_);
  }

  SeededRandom random_{1};
  MemoryFileSystem files_{1};
};

TEST_F(DataDirectoryTest, ATornTailIsLoggedWithItsPlace) {
  {
    const auto journal = Open();
    ASSERT_THAT(journal, IsOk());
    ASSERT_THAT((*journal)->Append({absl::string_view("torn")}), IsOk());
    const std::unique_ptr<SyncTicket> ticket = (*journal)->BeginWrite();
    ASSERT_THAT(ticket->Run(), IsOk());
  }
  files_.KillProcess();
  // The record lies behind the header of its frame, which is the log's first.
  const std::string segment = "data/0000000000000000.segment";
  files_.FlipBit(segment, kSegmentHeaderBytes + kFrameHeaderBytes + kRecordPrefixBytes, 0);
  ::testing::internal::CaptureStderr();

  const auto journal = Open();

  const std::string log = ::testing::internal::GetCapturedStderr();
  ASSERT_THAT(journal, IsOk());
  EXPECT_THAT(log, HasSubstr("event=cut_off bytes=56 file=" + segment + " offset=512\n"));
}

TEST_F(DataDirectoryTest, ASoundLogIsNotLogged) {
  { ASSERT_THAT(Open(), IsOk()); }
  ::testing::internal::CaptureStderr();

  { ASSERT_THAT(Open(), IsOk()); }

  EXPECT_THAT(::testing::internal::GetCapturedStderr(), IsEmpty());
}

TEST_F(DataDirectoryTest, ASecondHolderIsRefused) {
  const auto first = Open();
  ASSERT_THAT(first, IsOk());

  const auto second = Open();

  ASSERT_FALSE(second.ok());
  EXPECT_EQ(ExitCodeOf(second.status()), ExitCode::kInUse);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("--data-dir=data"));
}

TEST_F(DataDirectoryTest, AFailedReadIsTheDisks) {
  { ASSERT_THAT(Open(), IsOk()); }
  files_.KillProcess();
  files_.FailAtRead(1);

  const auto journal = Open();

  ASSERT_FALSE(journal.ok());
  EXPECT_EQ(ExitCodeOf(journal.status()), ExitCode::kDiskFailed);
}

TEST_F(DataDirectoryTest, ASegmentOfTheWrongSizeIsDamage) {
  { ASSERT_THAT(Open(), IsOk()); }
  const std::string segment = "data/0000000000000000.segment";
  files_.SetContents(segment, files_.Contents(segment).substr(0, 4'096));

  const auto journal = Open();

  ASSERT_FALSE(journal.ok());
  EXPECT_EQ(ExitCodeOf(journal.status()), ExitCode::kDamaged);
  EXPECT_THAT(std::string(journal.status().message()), HasSubstr(segment));
}

TEST(PosixDataDirectoryTest, WhatCannotBeMadeIsToldFromWhatIsInUse) {
  const TemporaryDirectory temporary;
  platform::PosixFileSystem files;
  SeededRandom random(1);
  const std::string directory = absl::StrCat(temporary.path(), "/data");
  const auto held = OpenDataDirectory(files, directory, random);
  ASSERT_THAT(held, IsOk());
  const auto code_of = [&](const std::string& path) {
    return ExitCodeOf(OpenDataDirectory(files, path, random).status());
  };

  EXPECT_EQ(code_of(directory), ExitCode::kInUse);
  EXPECT_EQ(code_of(absl::StrCat(temporary.path(), "/missing/data")), ExitCode::kNoDirectory);
  EXPECT_EQ(code_of(absl::StrCat(directory, "/lock")), ExitCode::kNoDirectory);
  EXPECT_EQ(code_of(absl::StrCat(directory, "/lock/data")), ExitCode::kNoDirectory);
}

}  // namespace
}  // namespace twinq
