#include "journal/file/file_journal.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/file/log_format.h"
#include "tests/journal/log_images.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Records = std::vector<std::string>;

constexpr uint64_t kSegmentBytes = 8 << 10;

class FileJournalTest : public ::testing::Test {
 protected:
  FileJournal& journal() { return *journal_; }
  void Open(uint64_t segment_bytes = kSegmentBytes) {
    auto opened = OpenLog(files_, segment_bytes);
    ASSERT_THAT(opened, IsOk());
    journal_ = *std::move(opened);
  }
  void Reopen() {
    journal_ = nullptr;
    files_.KillProcess();
    Open();
  }
  Records Replayed() {
    const auto records = RecordsIn(journal());
    EXPECT_THAT(records, IsOk());
    return records.value_or(Records());
  }
  // How many files a log has.
  size_t FileCount() const { return files_.Paths().size(); }

  MemoryFileSystem files_{1};
  std::unique_ptr<FileJournal> journal_;
};

TEST_F(FileJournalTest, OneProcessAtATimeHasTheDirectory) {
  Open();

  const auto second = OpenLog(files_, kSegmentBytes);

  EXPECT_THAT(second, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(second.status().message(), HasSubstr("is in use by process 1"));
}

TEST_F(FileJournalTest, AClosedJournalLetsGoOfItsDirectory) {
  Open();
  journal_ = nullptr;

  EXPECT_THAT(OpenLog(files_, kSegmentBytes), IsOk());
}

TEST_F(FileJournalTest, ALogKeepsItsSegmentSizeAndItsId) {
  Open();
  MustAppend(journal(), {"a"});
  MustSync(journal());
  journal_ = nullptr;

  auto reopened = FileJournal::Open(files_, kLogDirectory,
                                    {.new_log_id = 1, .segment_bytes = 4 * kSegmentBytes});

  ASSERT_THAT(reopened, IsOk());
  EXPECT_THAT(*RecordsIn(**reopened), ElementsAre("a"));
  EXPECT_EQ(files_.Contents(SegmentPath(0)).size(), kSegmentBytes);
}

TEST_F(FileJournalTest, WhatWasWrittenSurvivesTheProcessButIsNotDurable) {
  Open();
  const JournalPosition end = MustAppend(journal(), {"a"});

  MustWrite(journal());

  EXPECT_GE(journal().synced_up_to().written, end);
  EXPECT_EQ(journal().synced_up_to().durable, JournalPosition());
  Reopen();
  EXPECT_THAT(Replayed(), ElementsAre("a"));
}

TEST_F(FileJournalTest, ASyncWithNothingToWriteMakesDurableWhatWasWritten) {
  Open();
  const JournalPosition end = MustAppend(journal(), {"a"});
  MustWrite(journal());

  MustSync(journal());

  EXPECT_GE(journal().synced_up_to().durable, end);
  files_.LosePower();
  Open();
  EXPECT_THAT(Replayed(), ElementsAre("a"));
}

TEST_F(FileJournalTest, ACommitIsOneWriteAndOneSyncAndAMark) {
  Open();
  for (int i = 0; i < 3; ++i) {  // Until the next segment is prepared.
    MustAppend(journal(), {"a"});
    MustSync(journal());
  }
  MustAppend(journal(), Records(50, "record"));
  const uint64_t before = files_.steps();

  MustSync(journal());

  EXPECT_EQ(files_.steps() - before, 3u);
}

TEST_F(FileJournalTest, ARecordOfTheGreatestSizeFillsASegment) {
  Open();
  const std::string longest(LogShape{.segment_bytes = kSegmentBytes}.record_bytes_max(), 'x');
  const std::string next(longest.size(), 'y');

  MustAppend(journal(), {"a", longest, next, "b"});
  MustSync(journal());

  Reopen();
  EXPECT_THAT(Replayed(), ElementsAre("a", longest, next, "b"));
}

TEST_F(FileJournalTest, EveryFillingOfASegmentIsReadBack) {
  const uint64_t bytes_max = LogShape{.segment_bytes = kSegmentBytesMin}.record_bytes_max();
  for (uint64_t bytes = bytes_max - 150; bytes <= bytes_max; ++bytes) {
    MemoryFileSystem files(1);
    auto opened = OpenLog(files, kSegmentBytesMin);
    ASSERT_THAT(opened, IsOk());
    const Records records = {std::string(bytes, 'x'), "second", std::string(bytes, 'y'), ""};
    for (const std::string& record : records) {
      MustAppend(**opened, {record});
      MustSync(**opened);
    }

    EXPECT_EQ(*RecordsIn(**opened), records);
    opened->reset();
    EXPECT_EQ(*RecordsIn(ImageOf(files)), records);
  }
}

TEST_F(FileJournalTest, OneCommitMayFillManySegments) {
  Open();
  const Records records(100, std::string(1'000, 'x'));

  MustAppend(journal(), records);
  MustSync(journal());

  EXPECT_GT(FileCount(), 10u);
  Reopen();
  EXPECT_EQ(Replayed(), records);
}

TEST_F(FileJournalTest, DroppedSegmentsAreUsedAgainAndFewAreKept) {
  Open();
  for (int i = 0; i < 500; ++i) {
    const JournalPosition end = MustAppend(journal(), {std::string(500, 'x')});
    MustSync(journal());
    ASSERT_THAT(journal().DropBefore(end), IsOk());
    ASSERT_LE(FileCount(), 5u);
  }

  EXPECT_THAT(Replayed(), IsEmpty());
  EXPECT_TRUE(files_.Paths().front() > SegmentPath(20));
}

TEST_F(FileJournalTest, SyncsWithNothingToWriteGiveDroppedSegmentsBack) {
  Open();
  MustAppend(journal(), Records(100, std::string(1'000, 'x')));
  MustSync(journal());
  ASSERT_THAT(journal().DropBefore(journal().synced_up_to().durable), IsOk());

  for (int i = 0; i < 20; ++i) MustSync(journal());

  EXPECT_LE(FileCount(), 5u);
  Reopen();
  EXPECT_THAT(Replayed(), IsEmpty());
}

// What the recycled segment still has was written by this very process, at the same offsets.
TEST_F(FileJournalTest, WhatARecycledSegmentHeldNeverComesBack) {
  Open();
  const LogShape shape{.segment_bytes = kSegmentBytes};
  uint64_t next = 0;
  while (next < 8 || !ImageOf(files_).contains(SegmentPath(next))) {
    MustAppend(journal(), {std::string(500, 'x')});
    MustSync(journal());
    ASSERT_THAT(journal().DropBefore(journal().synced_up_to().durable), IsOk());
    next = shape.SegmentOf(journal().synced_up_to().durable) + 1;
  }
  const DiskImage before = ImageOf(files_);

  // Goes on into the recycled segment, of which nothing is on the disk.
  MustAppend(journal(), Records(16, std::string(500, 'y')));
  MustWrite(journal());
  DiskImage torn = ImageOf(files_);
  torn[SegmentPath(next)] = before.at(SegmentPath(next));

  const auto records = RecordsIn(torn);
  ASSERT_THAT(records, IsOk());
  EXPECT_LT(records->size(), 16u);
  EXPECT_THAT(*records, Each(std::string(500, 'y')));
}

TEST_F(FileJournalTest, SegmentsArePreparedBeforeTheyAreNeeded) {
  Open();
  uint64_t most_steps = 0;
  for (int i = 0; i < 200; ++i) {
    MustAppend(journal(), {std::string(200, 'x')});
    std::unique_ptr<SyncTicket> ticket = journal().BeginSync();
    const uint64_t before = files_.steps();
    ASSERT_THAT(ticket->Run(), IsOk());
    most_steps = std::max(most_steps, files_.steps() - before);
    ASSERT_THAT(journal().EndSync(std::move(ticket), absl::OkStatus()), IsOk());
  }

  // One write, sync and mark for each of two segments, and one slice or one new name: never all
  // that a segment needs.
  EXPECT_LE(most_steps, 9u);
}

TEST_F(FileJournalTest, AFullDiskIsNoErrorWhileTheSegmentHasRoom) {
  Open();
  files_.LimitBytes(kSegmentBytes);
  absl::Status outcome;
  int commits = 0;
  for (; outcome.ok() && commits < 1'000; ++commits) {
    MustAppend(journal(), {std::string(100, 'x')});
    std::unique_ptr<SyncTicket> ticket = journal().BeginSync();
    outcome = ticket->Run();
    EXPECT_EQ(journal().EndSync(std::move(ticket), outcome).status(), outcome);
  }

  EXPECT_THAT(outcome, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_GT(commits, 40);
  Reopen();
  EXPECT_EQ(Replayed().size(), static_cast<size_t>(commits) - 1);
}

TEST_F(FileJournalTest, WhenTheDiskHasRoomAgainTheLogGoesOn) {
  Open();
  files_.LimitBytes(kSegmentBytes);
  for (int i = 0; i < 30; ++i) {
    MustAppend(journal(), {std::string(100, 'x')});
    MustSync(journal());
  }
  files_.LimitBytes(1 << 20);

  for (int i = 0; i < 200; ++i) {
    MustAppend(journal(), {std::string(100, 'x')});
    MustSync(journal());
  }

  EXPECT_EQ(Replayed().size(), 230u);
}

TEST_F(FileJournalTest, FilesOfOtherNamesAreLeftAlone) {
  files_.SetContents("data/README", "mine");
  files_.SetContents("data/0.segment", "mine");
  Open();
  MustAppend(journal(), {"a"});
  MustSync(journal());

  Reopen();

  EXPECT_THAT(Replayed(), ElementsAre("a"));
  EXPECT_EQ(files_.Contents("data/0.segment"), "mine");
}

TEST_F(FileJournalTest, ShortReadsAndWritesChangeNothing) {
  files_.TransferPiecemeal();
  Open();
  const Records records(50, std::string(1'000, 'x'));
  MustAppend(journal(), records);
  MustSync(journal());

  Reopen();

  EXPECT_EQ(Replayed(), records);
}

TEST_F(FileJournalTest, AReopenedJournalSaysWhatItFound) {
  Open();
  MustAppend(journal(), {"a"});
  MustSync(journal());
  const SyncedUpTo before = journal().synced_up_to();

  Reopen();

  EXPECT_EQ(journal().found().end, before.durable);
  EXPECT_EQ(journal().found().durable, before.durable);
  EXPECT_TRUE(journal().found().is_marked);
  EXPECT_EQ(journal().found().cut_bytes, 0u);
  EXPECT_EQ(journal().synced_up_to().durable, before.durable);
}

}  // namespace
}  // namespace twinq
