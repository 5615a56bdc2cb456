// What was durable and is damaged is noticed, whatever was damaged.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/crc32c.h"
#include "journal/file/file_journal.h"
#include "journal/file/log_format.h"
#include "journal/file/log_scan.h"
#include "journal/file/segment_files.h"
#include "journal/little_endian.h"
#include "tests/journal/log_images.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using Records = std::vector<std::string>;

// A log of three segments, durable to its end, left by a process that was killed.
class FileJournalDamageTest : public ::testing::Test {
 protected:
  FileJournalDamageTest() {
    MemoryFileSystem files(1);
    auto opened = OpenLog(files, kSegmentBytesMin);
    EXPECT_THAT(opened, IsOk());
    for (int i = 0; i < 14; ++i) {
      MustAppend(**opened, {absl::StrCat("record ", i), std::string(200, 'x')});
      MustSync(**opened);
    }
    image_ = ImageOf(files);
    opened->reset();
    records_ = *RecordsIn(image_);
    FindFrames();
  }

  DiskImage Flipped(const std::string& path, uint64_t offset, int bit) const {
    DiskImage image = image_;
    image[path][offset] = static_cast<char>(image[path][offset] ^ (1 << bit));
    return image;
  }

  DiskImage image_;
  Records records_;
  // By path, how many bytes of the file have a meaning: its header and its frames, less the mark.
  std::map<std::string, uint64_t> used_bytes_;

 private:
  void FindFrames() {
    const std::unique_ptr<MemoryFileSystem> files = FilesOf(image_);
    auto segments = SegmentFiles::Open(*files, kLogDirectory, LogShape());
    ASSERT_THAT(segments, IsOk());
    for (const uint64_t segment : segments->segments()) {
      const LogShape& shape = segments->shape();
      uint64_t& used = used_bytes_[SegmentPath(segment)];
      used = kSegmentHeaderBytes;
      ASSERT_THAT(ScanFrameHeaders(*segments, shape.BeginOf(segment),
                                   [&](const FrameHeader& frame) {
                                     if (frame.type == FrameType::kMark) return;
                                     used = shape.OffsetOf(frame.position) + kFrameHeaderBytes +
                                            frame.body_bytes;
                                   }),
                  IsOk());
    }
  }
};

TEST_F(FileJournalDamageTest, EveryFlippedBitIsNoticed) {
  ASSERT_GE(used_bytes_.size(), 3u);
  for (const auto& [path, used_bytes] : used_bytes_) {
    for (uint64_t offset = 0; offset < used_bytes; ++offset) {
      for (int bit = 0; bit < 8; ++bit) {
        const absl::Status status = RecordsIn(Flipped(path, offset, bit)).status();
        ASSERT_THAT(status, StatusIs(absl::StatusCode::kDataLoss))
            << path << " offset " << offset << " bit " << bit;
        ASSERT_THAT(status.ToString(), HasSubstr(path));
      }
    }
  }
}

TEST_F(FileJournalDamageTest, BitsThatMeanNothingMayFlip) {
  for (const auto& [path, used_bytes] : used_bytes_) {
    for (uint64_t offset = used_bytes; offset < kSegmentBytesMin; ++offset) {
      const auto records = RecordsIn(Flipped(path, offset, 3));
      ASSERT_THAT(records, IsOk());
      ASSERT_EQ(*records, records_);
    }
  }
}

TEST_F(FileJournalDamageTest, EveryLostSectorIsNoticed) {
  for (const auto& [path, used_bytes] : used_bytes_) {
    for (uint64_t offset = 0; offset < used_bytes; offset += 512) {
      DiskImage image = image_;
      image[path].replace(offset, 512, 512, '\0');
      // Where it is the last frame with the mark behind it, nobody can know.
      const std::string newest = used_bytes_.rbegin()->first;
      const auto records = RecordsIn(image);
      if (records.ok()) {
        EXPECT_GE(offset + 512, used_bytes) << path << " offset " << offset;
        EXPECT_LT(records->size(), records_.size());
      } else {
        EXPECT_THAT(records, StatusIs(absl::StatusCode::kDataLoss));
      }
    }
  }
}

TEST_F(FileJournalDamageTest, DamageIsNamedWithFileAndOffsetAndWhatIsLost) {
  const uint64_t body = kSegmentHeaderBytes + kFrameHeaderBytes;

  EXPECT_THAT(RecordsIn(Flipped(SegmentPath(1), kSegmentHeaderBytes, 0)).status().ToString(),
              AllOf(HasSubstr("data/0000000000000001.segment"), HasSubstr("offset 512"),
                    HasSubstr("no frame begins there"), HasSubstr("256 bytes")));
  EXPECT_THAT(RecordsIn(Flipped(SegmentPath(1), body, 0)).status().ToString(),
              AllOf(HasSubstr("data/0000000000000001.segment"), HasSubstr("offset 512"),
                    HasSubstr("fails its checksum"), HasSubstr("256 bytes")));
}

TEST_F(FileJournalDamageTest, AMissingSegmentIsNoticed) {
  for (uint64_t segment = 0; segment < 3; ++segment) {
    DiskImage image = image_;
    image.erase(SegmentPath(segment));

    const absl::Status status = RecordsIn(image).status();

    EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_THAT(status.ToString(), AllOf(HasSubstr(SegmentPath(segment)), HasSubstr("missing")));
  }
}

TEST_F(FileJournalDamageTest, ASegmentOfTheWrongSizeIsNoticed) {
  for (const auto& [path, used_bytes] : used_bytes_) {
    DiskImage image = image_;
    image[path].pop_back();

    const absl::Status status = RecordsIn(image).status();

    EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_THAT(status.ToString(), AllOf(HasSubstr(path), HasSubstr("2047 bytes")));
  }
}

TEST_F(FileJournalDamageTest, ASegmentOfAnotherLogOrPlaceIsNoticed) {
  DiskImage swapped = image_;
  std::swap(swapped[SegmentPath(0)], swapped[SegmentPath(1)]);
  EXPECT_THAT(RecordsIn(swapped), StatusIs(absl::StatusCode::kDataLoss));

  DiskImage foreign = image_;
  foreign[SegmentPath(0)].replace(
      0, kSegmentHeaderBytes,
      EncodeSegmentHeader({.log_id = 5, .segment_bytes = kSegmentBytesMin}, 0));
  const absl::Status status = RecordsIn(foreign).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(status.ToString(), HasSubstr("another log"));
}

TEST_F(FileJournalDamageTest, AnUnknownVersionIsRefusedByName) {
  DiskImage image = image_;
  for (auto& [path, contents] : image) {
    // As that version would write it: magic, version and checksum keep their places.
    StoreLittleEndian(uint32_t{2}, &contents[8]);
    StoreLittleEndian(uint32_t{0}, &contents[12]);
    const std::string header = contents.substr(0, kSegmentHeaderBytes);
    StoreLittleEndian(Crc32c(header), &contents[12]);
  }

  const absl::Status status = RecordsIn(image).status();

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnimplemented));
  EXPECT_THAT(status.ToString(),
              AllOf(HasSubstr(".segment"), HasSubstr("version 2"), HasSubstr("version 1 only")));
}

}  // namespace
}  // namespace twinq
