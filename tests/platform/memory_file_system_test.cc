// That the file system which breaks things breaks them as its fault model says.

#include "tests/support/memory_file_system.h"

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

constexpr int kRounds = 300;

// A file of three sectors of 'o', durable, open for what a test does to it.
class Disk {
 public:
  explicit Disk(uint64_t seed) : system(seed) {
    EXPECT_THAT(system.MakeDirectory("data"), IsOk());
    directory = *system.OpenDirectory("data");
    file = *directory->CreateFile("file");
    EXPECT_THAT(file->Write(0, std::string(1'536, 'o')), IsOk());
    EXPECT_THAT(file->SyncData(), IsOk());
    EXPECT_THAT(directory->Sync(), IsOk());
  }
  const std::string& contents() const { return system.Contents("data/file"); }

  MemoryFileSystem system;
  std::unique_ptr<FileDirectory> directory;
  std::unique_ptr<File> file;
};

TEST(MemoryFileSystemTest, APowerLossKeepsAnySubsetOfUnsyncedSectors) {
  std::set<std::string> kept;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    Disk disk(seed);
    ASSERT_THAT(disk.file->Write(0, std::string(1'536, 'n')), IsOk());
    disk.system.LosePower();
    const std::string& left = disk.contents();
    kept.insert({left[0], left[512], left[1'024]});
  }

  EXPECT_EQ(kept.size(), 8u);
}

TEST(MemoryFileSystemTest, APowerLossTearsSectors) {
  int torn = 0;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    Disk disk(seed);
    ASSERT_THAT(disk.file->Write(0, std::string(512, 'n')), IsOk());
    disk.system.LosePower();
    const std::string sector = disk.contents().substr(0, 512);
    if (sector.front() != sector.back()) ++torn;
  }

  EXPECT_GT(torn, 10);
}

TEST(MemoryFileSystemTest, APowerLossMayKeepAnOlderWrite) {
  std::set<char> kept;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    Disk disk(seed);
    ASSERT_THAT(disk.file->Write(0, "1"), IsOk());
    ASSERT_THAT(disk.file->Write(0, "2"), IsOk());
    disk.system.LosePower();
    kept.insert(disk.contents()[0]);
  }

  EXPECT_EQ(kept, (std::set<char>{'o', '1', '2'}));
}

TEST(MemoryFileSystemTest, APowerLossTakesNothingThatWasSynced) {
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    Disk disk(seed);
    ASSERT_THAT(disk.file->Write(0, std::string(1'536, 'n')), IsOk());
    ASSERT_THAT(disk.file->SyncData(), IsOk());
    disk.system.LosePower();
    ASSERT_EQ(disk.contents(), std::string(1'536, 'n'));
  }
}

TEST(MemoryFileSystemTest, TheEndOfAProcessTakesNothing) {
  Disk disk(1);
  ASSERT_THAT(disk.file->Write(0, std::string(1'536, 'n')), IsOk());
  ASSERT_THAT(disk.directory->RenameFile("file", "new"), IsOk());

  disk.system.KillProcess();

  EXPECT_EQ(disk.system.Contents("data/new"), std::string(1'536, 'n'));
}

TEST(MemoryFileSystemTest, APowerLossUndoesAnyUnsyncedChangeOfNames) {
  std::set<std::vector<std::string>> kept;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    Disk disk(seed);
    ASSERT_THAT(disk.directory->CreateFile("created"), IsOk());
    ASSERT_THAT(disk.directory->RenameFile("file", "renamed"), IsOk());
    disk.system.LosePower();
    kept.insert(disk.system.Paths());
  }

  EXPECT_EQ(kept.size(), 4u);
}

TEST(MemoryFileSystemTest, ASyncedNameWithoutASyncedFileMayBeEmpty) {
  bool was_empty = false;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    Disk disk(seed);
    const auto file = disk.directory->CreateFile("new");
    ASSERT_THAT((*file)->Write(0, "abc"), IsOk());
    ASSERT_THAT(disk.directory->Sync(), IsOk());
    disk.system.LosePower();
    was_empty |= disk.system.Contents("data/new").empty();
  }

  EXPECT_TRUE(was_empty);
}

TEST(MemoryFileSystemTest, AFailedSyncShowsWhatALaterSyncDoesNotSave) {
  bool was_lost = false;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    Disk disk(seed);
    ASSERT_THAT(disk.file->Write(0, "n"), IsOk());
    disk.system.FailAtStep(disk.system.steps());
    ASSERT_FALSE(disk.file->SyncData().ok());
    ASSERT_THAT(disk.file->SyncData(), IsOk());
    ASSERT_EQ(disk.contents()[0], 'n');
    disk.system.LosePower();
    was_lost |= disk.contents()[0] == 'o';
  }

  EXPECT_TRUE(was_lost);
}

TEST(MemoryFileSystemTest, ACrashTearsItsWriteAndEndsTheProcess) {
  std::set<size_t> written;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    Disk disk(seed);
    disk.system.CrashAtStep(disk.system.steps());
    ASSERT_FALSE(disk.file->Write(0, std::string(1'536, 'n')).ok());
    ASSERT_FALSE(disk.file->Write(0, "n").ok());
    ASSERT_FALSE(disk.file->Size().ok());
    ASSERT_FALSE(disk.directory->ListFiles().ok());
    ASSERT_FALSE(disk.system.OpenDirectory("data").ok());
    disk.system.KillProcess();
    written.insert(disk.contents().find('o'));
    ASSERT_THAT(disk.system.OpenDirectory("data"), IsOk());
  }

  EXPECT_GT(written.size(), 100u);
}

TEST(MemoryFileSystemTest, FilesOfAnEndedProcessOnlyFail) {
  Disk disk(1);

  disk.system.KillProcess();

  EXPECT_FALSE(disk.file->Write(0, "n").ok());
  EXPECT_FALSE(disk.file->SyncData().ok());
  EXPECT_FALSE(disk.directory->CreateFile("new").ok());
}

TEST(MemoryFileSystemTest, AFailureAtAStepIsOfThatStepAlone) {
  Disk disk(1);
  disk.system.FailAtStep(disk.system.steps() + 1);
  disk.system.FailAtRead(disk.system.reads());

  EXPECT_THAT(disk.file->Write(0, "n"), IsOk());
  EXPECT_FALSE(disk.file->SyncData().ok());
  EXPECT_THAT(disk.file->SyncData(), IsOk());
  EXPECT_FALSE(disk.file->Size().ok());
  EXPECT_THAT(disk.file->Size(), IsOk());
}

TEST(MemoryFileSystemTest, AFullDiskTakesNoMoreBytesButOverwrites) {
  Disk disk(1);
  disk.system.LimitBytes(1'600);

  EXPECT_EQ(*disk.directory->FreeBytes(), 64u);
  EXPECT_THAT(disk.file->Write(1'536, std::string(65, 'n')),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(disk.file->Write(0, std::string(1'536, 'n')), IsOk());
  EXPECT_THAT(disk.file->Write(1'536, std::string(64, 'n')), IsOk());
}

}  // namespace
}  // namespace twinq
