#include "platform/posix_file_system.h"

#include <csignal>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace twinq::platform {
namespace {

using ::testing::HasSubstr;

class PosixFileSystemTest : public ::testing::Test {
 protected:
  // Runs in a process of its own, which then waits to be killed.
  template <typename Work>
  pid_t Fork(Work work) {
    int ready[2];
    EXPECT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
      const auto kept = work();
      const char answer = kept.ok() ? 'y' : 'n';
      _exit(write(ready[1], &answer, 1) == 1 ? pause() : 1);
    }
    char answer = 0;
    EXPECT_EQ(read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    close(ready[0]);
    close(ready[1]);
    return child;
  }
  static void Kill(pid_t child) {
    kill(child, SIGKILL);
    EXPECT_EQ(waitpid(child, nullptr, 0), child);
  }

  const TemporaryDirectory temporary_;
  PosixFileSystem files_;
};

TEST_F(PosixFileSystemTest, AnotherProcessThatHoldsTheDirectoryIsNamed) {
  const pid_t child = Fork([this] { return files_.OpenDirectory(temporary_.path()); });

  const auto opened = files_.OpenDirectory(temporary_.path());

  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(opened.status().message(), HasSubstr(absl::StrCat("by process ", child)));
  Kill(child);
}

TEST_F(PosixFileSystemTest, AKilledProcessHoldsNothing) {
  Kill(Fork([this] { return files_.OpenDirectory(temporary_.path()); }));

  EXPECT_THAT(files_.OpenDirectory(temporary_.path()), IsOk());
}

TEST_F(PosixFileSystemTest, AFileIsNoDirectory) {
  const auto directory = files_.OpenDirectory(temporary_.path());
  ASSERT_THAT(directory, IsOk());
  ASSERT_THAT((*directory)->CreateFile("a"), IsOk());

  EXPECT_FALSE(files_.OpenDirectory(absl::StrCat(temporary_.path(), "/a")).ok());
}

TEST_F(PosixFileSystemTest, ADirectoryIsMadeOnlyInOneThatIsThere) {
  const std::string path = absl::StrCat(temporary_.path(), "/no/such");

  const absl::Status made = files_.MakeDirectory(path);

  EXPECT_THAT(made, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(made.message(), HasSubstr(absl::StrCat("create directory ", path)));
}

TEST_F(PosixFileSystemTest, AFailedWriteNamesTheFile) {
  const auto directory = files_.OpenDirectory(temporary_.path());
  ASSERT_THAT(directory, IsOk());
  const auto file = (*directory)->CreateFile("a");
  ASSERT_THAT(file, IsOk());

  // The kernel takes part of a write that crosses the limit, and fails the next.
  rlimit limit = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlimit low = {1'000, limit.rlim_max};
  signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &low), 0);
  const absl::Status written = (*file)->Write(0, std::string(2'000, 'x'));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);

  EXPECT_FALSE(written.ok());
  EXPECT_THAT(written.message(), HasSubstr(absl::StrCat("write ", temporary_.path(), "/a")));
  EXPECT_EQ(*(*file)->Size(), 1'000u);
}

}  // namespace
}  // namespace twinq::platform
