#include "journal/file/log_check.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/file/log_format.h"
#include "tests/journal/log_images.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Twelve records of a hundred bytes, each a commit of its own; four or five a segment.
class LogCheckTest : public ::testing::Test {
 protected:
  LogCheckTest() {
    MemoryFileSystem files(1);
    auto opened = OpenLog(files, kSegmentBytesMin);
    EXPECT_THAT(opened, IsOk());
    for (int i = 0; i < 12; ++i) {
      ends_.push_back(MustAppend(**opened, {std::string(300, 'x')}));
      MustSync(**opened);
    }
    image_ = ImageOf(files);
  }

  absl::StatusOr<LogCheck> Check(const DiskImage& image) {
    visited_.clear();
    const std::unique_ptr<MemoryFileSystem> files = FilesOf(image);
    auto check = CheckLog(*files, kLogDirectory, [this](JournalPosition end, auto) {
      visited_.push_back(end);
      return absl::OkStatus();
    });
    EXPECT_EQ(ImageOf(*files), image);
    EXPECT_EQ(files->steps(), 0u);
    return check;
  }

  DiskImage image_;
  std::vector<JournalPosition> ends_;
  std::vector<JournalPosition> visited_;
};

TEST_F(LogCheckTest, CountsWhatASoundLogHolds) {
  const auto check = Check(image_);

  ASSERT_THAT(check, IsOk());
  EXPECT_THAT(check->damage, IsEmpty());
  EXPECT_EQ(check->shape.segment_bytes, kSegmentBytesMin);
  EXPECT_EQ(check->segments, image_.size());
  EXPECT_EQ(check->frames, 12u);
  EXPECT_EQ(check->records, 12u);
  EXPECT_EQ(check->record_bytes, 3'600u);
  EXPECT_GE(check->log.end, ends_.back());
  EXPECT_EQ(check->log.durable, check->log.end);
  EXPECT_TRUE(check->log.is_marked);
  EXPECT_EQ(visited_, ends_);
}

TEST_F(LogCheckTest, NamesEveryDamageAndReadsOnBehindIt) {
  DiskImage image = image_;
  image[SegmentPath(0)][kSegmentHeaderBytes + kFrameHeaderBytes + 100] = 'y';
  image[SegmentPath(1)][kSegmentHeaderBytes] ^= 1;

  const auto check = Check(image);

  ASSERT_THAT(check, IsOk());
  EXPECT_THAT(check->damage,
              ElementsAre(AllOf(HasSubstr(SegmentPath(0)), HasSubstr("offset 512")),
                          AllOf(HasSubstr(SegmentPath(1)), HasSubstr("offset 512"))));
  EXPECT_EQ(check->records, 10u);
}

TEST_F(LogCheckTest, ASegmentWithoutAHeaderIsOneDamage) {
  DiskImage image = image_;
  image[SegmentPath(1)][0] = 'T';

  const auto check = Check(image);

  ASSERT_THAT(check, IsOk());
  EXPECT_THAT(check->damage, ElementsAre(HasSubstr(SegmentPath(1))));
  EXPECT_EQ(check->records, 8u);
}

TEST_F(LogCheckTest, AMissingSegmentIsOneDamage) {
  DiskImage image = image_;
  image.erase(SegmentPath(1));

  const auto check = Check(image);

  ASSERT_THAT(check, IsOk());
  EXPECT_THAT(check->damage, ElementsAre(HasSubstr(SegmentPath(1))));
  EXPECT_EQ(check->records, 8u);
}

TEST_F(LogCheckTest, DroppedRecordsDoNotCount) {
  const std::unique_ptr<MemoryFileSystem> files = FilesOf(image_);
  auto opened = OpenLog(*files, kSegmentBytesMin);
  ASSERT_THAT(opened, IsOk());
  ASSERT_THAT((*opened)->DropBefore(ends_[6]), IsOk());
  MustSync(**opened);

  const auto check = Check(ImageOf(*files));

  ASSERT_THAT(check, IsOk());
  EXPECT_THAT(check->damage, IsEmpty());
  EXPECT_EQ(check->log.head, ends_[6]);
  EXPECT_EQ(check->records, 5u);
}

TEST_F(LogCheckTest, ALogInUseIsNotChecked) {
  const std::unique_ptr<MemoryFileSystem> files = FilesOf(image_);
  const auto opened = OpenLog(*files, kSegmentBytesMin);

  const auto check =
      CheckLog(*files, kLogDirectory, [](JournalPosition, auto) { return absl::OkStatus(); });

  EXPECT_THAT(check, StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(LogCheckTest, WhereThereIsNoLogNothingIsMade) {
  EXPECT_THAT(Check({}), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Check({{"data/README", "mine"}}), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace twinq
