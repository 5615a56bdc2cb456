// What every file system must do, on the machine's and on the one in memory.

#include "core/base/file_system.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "platform/posix_file_system.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Implementation {
  const char* name;
  std::unique_ptr<FileSystem> (*make)();
};

class FileSystemTest : public ::testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override {
    ASSERT_THAT(files_->MakeDirectory(path_), IsOk());
    auto opened = files_->OpenDirectory(path_);
    ASSERT_THAT(opened, IsOk());
    directory_ = *std::move(opened);
  }

  std::unique_ptr<File> Create(absl::string_view name) {
    auto file = directory_->CreateFile(name);
    EXPECT_THAT(file, IsOk());
    return *std::move(file);
  }
  static std::string Read(File& file, uint64_t offset, size_t bytes) {
    std::string buffer(bytes, '?');
    const auto read = file.Read(offset, absl::MakeSpan(buffer));
    EXPECT_THAT(read, IsOk());
    buffer.resize(read.value_or(0));
    return buffer;
  }
  std::vector<std::string> Names() {
    const auto names = directory_->ListFiles();
    EXPECT_THAT(names, IsOk());
    return names.value_or(std::vector<std::string>());
  }

  const TemporaryDirectory temporary_;
  const std::string path_ = absl::StrCat(temporary_.path(), "/data");
  const std::unique_ptr<FileSystem> files_ = GetParam().make();
  std::unique_ptr<FileDirectory> directory_;
};

TEST_P(FileSystemTest, ANewDirectoryIsEmpty) { EXPECT_THAT(Names(), IsEmpty()); }

TEST_P(FileSystemTest, ADirectoryMayBeMadeTwice) {
  EXPECT_THAT(files_->MakeDirectory(path_), IsOk());
}

TEST_P(FileSystemTest, ADirectoryThatWasNotMadeCannotBeOpened) {
  const auto opened = files_->OpenDirectory(temporary_.path() + "/other");

  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(opened.status().message(), HasSubstr(temporary_.path() + "/other"));
}

TEST_P(FileSystemTest, ADirectoryHasOneHolder) {
  const auto second = files_->OpenDirectory(path_);

  EXPECT_THAT(second, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(second.status().message(), HasSubstr(path_ + " is in use by process "));
}

TEST_P(FileSystemTest, ADirectoryLetGoOfHasRoomForTheNextHolder) {
  directory_ = nullptr;

  EXPECT_THAT(files_->OpenDirectory(path_), IsOk());
}

TEST_P(FileSystemTest, WhatWasWrittenIsReadBack) {
  const std::unique_ptr<File> file = Create("a");

  ASSERT_THAT(file->Write(3, "def"), IsOk());
  ASSERT_THAT(file->Write(0, "abc"), IsOk());
  ASSERT_THAT(file->Write(4, "E"), IsOk());

  EXPECT_EQ(Read(*file, 0, 6), "abcdEf");
  EXPECT_EQ(Read(*file, 2, 3), "cdE");
  EXPECT_EQ(*file->Size(), 6u);
}

TEST_P(FileSystemTest, ReadingStopsWhereTheFileEnds) {
  const std::unique_ptr<File> file = Create("a");
  ASSERT_THAT(file->Write(0, "abc"), IsOk());

  EXPECT_EQ(Read(*file, 1, 100), "bc");
  EXPECT_EQ(Read(*file, 3, 1), "");
  EXPECT_EQ(Read(*file, 1'000, 1), "");
}

TEST_P(FileSystemTest, AGapReadsAsZeros) {
  const std::unique_ptr<File> file = Create("a");

  ASSERT_THAT(file->Write(2, "c"), IsOk());

  EXPECT_EQ(Read(*file, 0, 3), std::string("\0\0c", 3));
}

TEST_P(FileSystemTest, NothingIsWrittenAtOnce) {
  const std::unique_ptr<File> file = Create("a");

  EXPECT_THAT(file->Write(7, ""), IsOk());

  EXPECT_EQ(*file->Size(), 0u);
}

TEST_P(FileSystemTest, FilesAndDirectoriesCanBeSynced) {
  const std::unique_ptr<File> file = Create("a");
  ASSERT_THAT(file->Write(0, "abc"), IsOk());

  EXPECT_THAT(file->SyncData(), IsOk());
  EXPECT_THAT(directory_->Sync(), IsOk());
}

TEST_P(FileSystemTest, AFileIsCreatedOnce) {
  Create("a");

  const auto second = directory_->CreateFile("a");

  EXPECT_THAT(second, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(second.status().message(), HasSubstr(path_ + "/a"));
}

TEST_P(FileSystemTest, AFileThatIsNotThereIsNotFound) {
  const auto opened = directory_->OpenFile("a");

  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(opened.status().message(), HasSubstr(path_ + "/a"));
  EXPECT_THAT(directory_->RenameFile("a", "b"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(directory_->RemoveFile("a"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(FileSystemTest, NamesAreListedInOrder) {
  for (const char* name : {"b", "c", "a"}) Create(name);

  EXPECT_THAT(Names(), ElementsAre("a", "b", "c"));
}

TEST_P(FileSystemTest, AnOpenFileKeepsItsContentsUnderANewName) {
  const std::unique_ptr<File> file = Create("a");
  ASSERT_THAT(directory_->RenameFile("a", "b"), IsOk());

  ASSERT_THAT(file->Write(0, "abc"), IsOk());

  EXPECT_THAT(Names(), ElementsAre("b"));
  const auto reopened = directory_->OpenFile("b");
  ASSERT_THAT(reopened, IsOk());
  EXPECT_EQ(Read(**reopened, 0, 3), "abc");
}

TEST_P(FileSystemTest, ARenamedFileTakesAnothersPlace) {
  ASSERT_THAT(Create("a")->Write(0, "new"), IsOk());
  ASSERT_THAT(Create("b")->Write(0, "old"), IsOk());

  ASSERT_THAT(directory_->RenameFile("a", "b"), IsOk());

  EXPECT_THAT(Names(), ElementsAre("b"));
  EXPECT_EQ(Read(**directory_->OpenFile("b"), 0, 3), "new");
}

TEST_P(FileSystemTest, ARemovedFileIsGoneButStaysOpen) {
  const std::unique_ptr<File> file = Create("a");
  ASSERT_THAT(file->Write(0, "abc"), IsOk());

  ASSERT_THAT(directory_->RemoveFile("a"), IsOk());

  EXPECT_THAT(Names(), IsEmpty());
  EXPECT_EQ(Read(*file, 0, 3), "abc");
}

TEST_P(FileSystemTest, FilesSurviveTheirHolder) {
  ASSERT_THAT(Create("a")->Write(0, "abc"), IsOk());
  directory_ = nullptr;

  const auto reopened = files_->OpenDirectory(path_);

  ASSERT_THAT(reopened, IsOk());
  EXPECT_EQ(Read(**(*reopened)->OpenFile("a"), 0, 3), "abc");
}

TEST_P(FileSystemTest, TheVolumeHasRoom) {
  const auto free_bytes = directory_->FreeBytes();

  ASSERT_THAT(free_bytes, IsOk());
  EXPECT_GT(*free_bytes, 1'000'000u);
}

TEST_P(FileSystemTest, TheRoomOfAVolumeCanBeAskedForWithoutHoldingTheDirectory) {
  const auto free_bytes = files_->FreeBytes(path_);

  ASSERT_THAT(free_bytes, IsOk());
  EXPECT_GT(*free_bytes, 1'000'000u);
  EXPECT_THAT(files_->FreeBytes(path_ + "/missing"), StatusIs(absl::StatusCode::kNotFound));
}

std::unique_ptr<FileSystem> MakePosix() { return std::make_unique<platform::PosixFileSystem>(); }

std::unique_ptr<FileSystem> MakeMemory() { return std::make_unique<MemoryFileSystem>(1); }

std::unique_ptr<FileSystem> MakePiecemealMemory() {
  auto files = std::make_unique<MemoryFileSystem>(1);
  files->TransferPiecemeal();
  return files;
}

INSTANTIATE_TEST_SUITE_P(FileSystems, FileSystemTest,
                         ::testing::Values(Implementation{"Posix", MakePosix},
                                           Implementation{"Memory", MakeMemory},
                                           Implementation{"PiecemealMemory", MakePiecemealMemory}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq
