// What is found after commits of which the disk has only parts, drawn by hand.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/file/file_journal.h"
#include "journal/file/log_format.h"
#include "tests/journal/log_images.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Records = std::vector<std::string>;

constexpr uint64_t kSegmentBytes = 8 << 10;
constexpr uint64_t kSectorBytes = 512;

// A log of one process after another on one disk; each commit's writes can be had in parts.
class FileJournalTornTest : public ::testing::Test {
 protected:
  // A new process finds this disk.
  void Start(const DiskImage& image) {
    journal_ = nullptr;
    files_ = FilesOf(image);
    auto opened = OpenLog(*files_, kSegmentBytes);
    ASSERT_THAT(opened, IsOk());
    journal_ = *std::move(opened);
  }
  FileJournal& journal() { return *journal_; }
  DiskImage Image() const { return ImageOf(*files_); }
  Records Replayed() {
    const auto records = RecordsIn(journal());
    EXPECT_THAT(records, IsOk());
    return records.value_or(Records());
  }

  // `before`, but with those sectors of the first segment as `after` has them.
  static DiskImage WithSectors(DiskImage before, const DiskImage& after,
                               const std::vector<uint64_t>& sectors) {
    for (const uint64_t sector : sectors) {
      const uint64_t offset = sector * kSectorBytes;
      before[SegmentPath(0)].replace(offset, kSectorBytes, after.at(SegmentPath(0)), offset,
                                     kSectorBytes);
    }
    return before;
  }

 private:
  std::unique_ptr<MemoryFileSystem> files_;
  std::unique_ptr<FileJournal> journal_;
};

TEST_F(FileJournalTornTest, ACommitTornAtAnyByteIsThereWholeOrNotAtAll) {
  Start({});
  MustAppend(journal(), {"durable"});
  MustSync(journal());
  const DiskImage before = Image();
  MustAppend(journal(), {std::string(700, 'x'), "y"});
  MustWrite(journal());
  const std::string& old_bytes = before.at(SegmentPath(0));
  const std::string new_bytes = Image()[SegmentPath(0)];

  size_t whole = 0;
  for (size_t torn_at = kSegmentHeaderBytes; torn_at < 2'000; ++torn_at) {
    DiskImage torn = before;
    torn[SegmentPath(0)] = new_bytes.substr(0, torn_at) + old_bytes.substr(torn_at);
    const auto records = RecordsIn(torn);
    ASSERT_THAT(records, IsOk());
    if (records->size() == 3) {
      ++whole;
    } else {
      ASSERT_THAT(*records, ElementsAre("durable"));
    }
  }
  EXPECT_GT(whole, 500u);
}

TEST_F(FileJournalTornTest, AnySubsetOfSectorsLeavesAPrefixOfTheCommit) {
  Start({});
  MustAppend(journal(), {"durable"});
  MustSync(journal());
  const DiskImage before = Image();
  // Three frames over eight sectors.
  for (const char letter : {'a', 'b', 'c'}) {
    MustAppend(journal(), {std::string(1'000, letter)});
    MustWrite(journal());
  }
  const DiskImage after = Image();

  std::map<size_t, int> counts;
  for (uint64_t subset = 0; subset < 256; ++subset) {
    std::vector<uint64_t> sectors;
    for (uint64_t i = 0; i < 8; ++i) {
      if ((subset >> i) % 2 == 1) sectors.push_back(1 + i);
    }
    const auto records = RecordsIn(WithSectors(before, after, sectors));
    ASSERT_THAT(records, IsOk());
    const Records all = {"durable", std::string(1'000, 'a'), std::string(1'000, 'b'),
                         std::string(1'000, 'c')};
    ASSERT_GE(records->size(), 1u);
    ASSERT_EQ(*records, Records(all.begin(), all.begin() + static_cast<int>(records->size())));
    ++counts[records->size()];
  }
  EXPECT_THAT(counts, SizeIs(4));
}

// A frame that one recovery has cut off must not be completed by bytes of a later, equal one.
TEST_F(FileJournalTornTest, WhatWasCutOffStaysCutOffThoughItsMissingBytesAreWrittenAgain) {
  Start({});
  const DiskImage empty = Image();
  MustAppend(journal(), {std::string("1") + std::string(2'000, 'x')});
  MustWrite(journal());
  // All but a sector in the middle of the body.
  Start(WithSectors(empty, Image(), {1, 2, 4, 5}));
  ASSERT_THAT(Replayed(), IsEmpty());
  const DiskImage cut = Image();
  MustAppend(journal(), {std::string("2") + std::string(2'000, 'x')});
  MustWrite(journal());

  Start(WithSectors(cut, Image(), {3}));

  EXPECT_THAT(Replayed(), IsEmpty());
}

// A frame that one recovery has cut off must not follow what was written later in front of it.
TEST_F(FileJournalTornTest, WhatWasCutOffIsNotTakenForTheSequelOfWhatCameLater) {
  Start({});
  const DiskImage empty = Image();
  MustAppend(journal(), {std::string(976 - kRecordPrefixBytes, 'a')});
  MustWrite(journal());
  MustAppend(journal(), {"cut off"});
  MustWrite(journal());
  Start(WithSectors(empty, Image(), {3}));  // The second frame, at a sector's beginning.
  ASSERT_THAT(Replayed(), IsEmpty());
  ASSERT_GT(journal().found().cut_bytes, 1'024u);

  const std::string same_size(976 - kRecordPrefixBytes, 'b');
  MustAppend(journal(), {same_size});
  const DiskImage before = Image();
  MustWrite(journal());

  Start(WithSectors(before, Image(), {1, 2}));
  EXPECT_THAT(Replayed(), ElementsAre(same_size));
}

// As far as anybody can know, the lost frame was never durable. It is said all the same.
TEST_F(FileJournalTornTest, ATornCommitIsReported) {
  Start({});
  MustAppend(journal(), {"durable"});
  MustSync(journal());
  const DiskImage before = Image();
  MustAppend(journal(), {std::string(2'000, 'x')});
  MustWrite(journal());

  Start(WithSectors(before, Image(), {1, 2}));

  EXPECT_THAT(Replayed(), ElementsAre("durable"));
  EXPECT_FALSE(journal().found().is_marked);
  EXPECT_EQ(journal().found().cut_bytes, kFrameHeaderBytes + 2'008);
  Start(Image());
  EXPECT_EQ(journal().found().cut_bytes, 0u);
}

// The remains of a commit lie two segments further on; what is durable now lies before them.
TEST_F(FileJournalTornTest, RemainsFurtherOnHideNoDamageInWhatIsDurable) {
  Start({});
  const DiskImage empty = Image();
  MustAppend(journal(), Records(20, std::string(1'000, 'x')));
  MustWrite(journal());
  const DiskImage after = Image();
  DiskImage torn = after;
  torn[SegmentPath(0)] = empty.at(SegmentPath(0));
  torn[SegmentPath(1)].replace(kSegmentHeaderBytes, 2'000, 2'000, '\0');
  Start(torn);
  ASSERT_THAT(Replayed(), IsEmpty());
  const uint32_t epoch = journal().found().epoch;
  for (const char* record : {"a", "b", "c"}) {
    MustAppend(journal(), {record});
    MustSync(journal());
  }
  DiskImage durable = Image();

  Start(durable);
  EXPECT_THAT(Replayed(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(journal().found().epoch, epoch + 1);
  durable[SegmentPath(0)][kSegmentHeaderBytes + kFrameHeaderBytes + kRecordPrefixBytes] ^= 1;
  EXPECT_THAT(RecordsIn(durable), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace twinq
