// The bytes of docs/journal_format.md, one by one. A change here is a change of the format: it
// needs a new version, and a way to read the old one.

#include "journal/file/log_format.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/file/frame_buffer.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::SizeIs;

constexpr LogShape kShape = {.log_id = 0x1122'3344'5566'7788, .segment_bytes = 4'096};

TEST(LogFormatTest, ASegmentsNameIsItsNumber) {
  EXPECT_EQ(SegmentName(0), "0000000000000000.segment");
  EXPECT_EQ(SegmentName(42), "000000000000002a.segment");
  EXPECT_EQ(ParseSegmentName("000000000000002a.segment"), 42u);
  EXPECT_EQ(ParseSegmentName(SegmentName(~uint64_t{0})), ~uint64_t{0});
}

TEST(LogFormatTest, OtherNamesAreNoSegments) {
  for (const char* name : {"", "lock", "new.segment", "2a.segment", "000000000000002A.segment",
                           "000000000000002a.segment~", "0x0000000000002a.segment",
                           "00000000000000-1.segment", "000000000000002a.Segment"}) {
    EXPECT_EQ(ParseSegmentName(name), std::nullopt) << name;
  }
}

TEST(LogFormatTest, ASegmentHeaderIsDrawnRight) {
  const std::string bytes = EncodeSegmentHeader(kShape, 0x0A0B);

  std::string drawn = "twinqlog";
  drawn += std::string("\x01\0\0\0", 4);                        // Version.
  drawn += bytes.substr(12, 4);                                 // Checksum, tested below.
  drawn += std::string("\x88\x77\x66\x55\x44\x33\x22\x11", 8);  // Log id.
  drawn += std::string("\x0B\x0A\0\0\0\0\0\0", 8);              // Segment.
  drawn += std::string("\0\x10\0\0\0\0\0\0", 8);                // Size of segments.
  drawn.resize(512);
  EXPECT_EQ(bytes, drawn);
  const auto header = DecodeSegmentHeader(bytes);
  ASSERT_THAT(header, IsOk());
  EXPECT_EQ(header->shape, kShape);
  EXPECT_EQ(header->segment, 0x0A0Bu);
}

TEST(LogFormatTest, AFrameIsDrawnRight) {
  FrameBuffer buffer(kShape, JournalPosition(0x0100));
  EXPECT_EQ(buffer.Append("ab"), JournalPosition(0x0100 + 48 + 6));
  EXPECT_EQ(buffer.Append(""), JournalPosition(0x0100 + 48 + 10));

  std::vector<LogExtent> extents = buffer.Take();
  ASSERT_THAT(extents, SizeIs(1));
  FinishFrames(kShape,
               {.epoch = 3, .durable = JournalPosition(0x80), .head = JournalPosition(0x70)},
               extents[0]);

  const std::string& bytes = extents[0].bytes;
  std::string drawn = bytes.substr(0, 8);         // Two checksums, tested below.
  drawn += std::string("\x10\0\0\0", 4);          // Bytes of the body.
  drawn += std::string("\x02\0\0\0", 4);          // Records in it.
  drawn += std::string("\0\x01\0\0\0\0\0\0", 8);  // Position.
  drawn += std::string("\x80\0\0\0\0\0\0\0", 8);  // Durable.
  drawn += std::string("\x70\0\0\0\0\0\0\0", 8);  // Head.
  drawn += std::string("\x03\0\0\0", 4);          // Epoch.
  drawn += std::string("\x01\0\0\0", 4);          // Type.
  drawn += std::string("\x02\0\0\0ab", 6);        // A record.
  drawn += std::string("\0\0\0\0", 4);            // An empty one.
  drawn += std::string("\0\0\0\0\0\0", 6);        // Padding.
  EXPECT_EQ(bytes, drawn);
  EXPECT_EQ(buffer.end(), JournalPosition(0x0100 + 64));
}

TEST(LogFormatTest, ChecksumsStayAsTheyAre) {
  FrameBuffer buffer(kShape, JournalPosition(0));
  buffer.Append("ab");
  std::vector<LogExtent> extents = buffer.Take();
  FinishFrames(kShape, {.epoch = 1}, extents[0]);

  EXPECT_EQ(EncodeSegmentHeader(kShape, 0).substr(12, 4), "[\x7F\x8E\xC0");
  EXPECT_EQ(extents[0].bytes.substr(0, 8), "q\xBA!\xF5\xD0\x80\xD8\xD6");
}

TEST(LogFormatTest, AFrameIsOneOnlyAtItsPlaceInItsLog) {
  const FrameHeader mark = {.type = FrameType::kMark, .position = JournalPosition(64)};
  std::string bytes(kFrameHeaderBytes, '\0');
  EncodeFrameHeader(kShape, mark, bytes.data());

  EXPECT_TRUE(DecodeFrameHeader(kShape, JournalPosition(64), bytes.data()).has_value());
  EXPECT_FALSE(DecodeFrameHeader(kShape, JournalPosition(72), bytes.data()).has_value());
  EXPECT_FALSE(
      DecodeFrameHeader({.log_id = 1, .segment_bytes = 4'096}, JournalPosition(64), bytes.data())
          .has_value());
}

struct NonsenseCase {
  const char* name;
  FrameHeader header;
};

class NonsenseTest : public ::testing::TestWithParam<NonsenseCase> {};

TEST_P(NonsenseTest, IsNoFrameThoughItsChecksumIsRight) {
  std::string bytes(kFrameHeaderBytes, '\0');
  EncodeFrameHeader(kShape, GetParam().header, bytes.data());

  EXPECT_EQ(DecodeFrameHeader(kShape, GetParam().header.position, bytes.data()), std::nullopt);
}

constexpr JournalPosition kHere(1'024);
// For a body behind the header of a frame there.
constexpr uint32_t kRoomHere =
    static_cast<uint32_t>(kShape.frame_bytes() - kHere.value() - 2 * kFrameHeaderBytes);
constexpr JournalPosition kLastHeader(kShape.frame_bytes() - kFrameHeaderBytes);
INSTANTIATE_TEST_SUITE_P(
    Headers, NonsenseTest,
    ::testing::Values(
        NonsenseCase{"UnknownType", {.type = static_cast<FrameType>(5), .position = kHere}},
        NonsenseCase{"NoType", {.type = static_cast<FrameType>(0), .position = kHere}},
        NonsenseCase{"NoRecords", {.body_bytes = 8, .position = kHere}},
        NonsenseCase{"NoBody", {.record_count = 1, .position = kHere}},
        NonsenseCase{"MarkWithBody",
                     {.type = FrameType::kMark, .body_bytes = 8, .position = kHere}},
        NonsenseCase{"Unaligned", {.record_count = 1, .body_bytes = 9, .position = kHere}},
        NonsenseCase{"BeyondItsSegment",
                     {.record_count = 1, .body_bytes = 4'096, .position = kHere}},
        NonsenseCase{"NoRoomForTheEndOfItsSegment",
                     {.record_count = 1, .body_bytes = kRoomHere + 8, .position = kHere}},
        NonsenseCase{"NoteWithoutRoomForTheEndOfItsSegment",
                     {.type = FrameType::kNote, .position = kLastHeader}},
        NonsenseCase{"TooLong", {.record_count = 1, .body_bytes = ~uint32_t{7}, .position = kHere}},
        NonsenseCase{
            "DurableBeyondItself",
            {.type = FrameType::kMark, .position = kHere, .durable = JournalPosition(1'025)}},
        NonsenseCase{"HeadBeyondDurable",
                     {.type = FrameType::kMark,
                      .position = kHere,
                      .durable = JournalPosition(8),
                      .head = JournalPosition(9)}}),
    [](const auto& test) { return test.param.name; });

TEST(LogFormatTest, AFrameMayLeaveJustTheRoomForTheEndOfItsSegment) {
  const FrameHeader fits = {.record_count = 1, .body_bytes = kRoomHere, .position = kHere};
  const FrameHeader end = {.type = FrameType::kSegmentEnd, .position = kLastHeader};
  const FrameHeader mark = {.type = FrameType::kMark, .position = kLastHeader};
  for (const FrameHeader& header : {fits, end, mark}) {
    std::string bytes(kFrameHeaderBytes, '\0');
    EncodeFrameHeader(kShape, header, bytes.data());
    EXPECT_EQ(DecodeFrameHeader(kShape, header.position, bytes.data()), header);
  }
}

TEST(LogFormatTest, ImpossibleSegmentHeadersAreDataLoss) {
  const std::string good = EncodeSegmentHeader(kShape, 0);
  EXPECT_THAT(DecodeSegmentHeader(""), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeSegmentHeader(good.substr(0, 511)), StatusIs(absl::StatusCode::kDataLoss));
  for (const uint64_t size : {uint64_t{0}, uint64_t{1'024}, uint64_t{4'097}, ~uint64_t{7}}) {
    EXPECT_THAT(DecodeSegmentHeader(EncodeSegmentHeader({.log_id = 1, .segment_bytes = size}, 0)),
                StatusIs(absl::StatusCode::kDataLoss))
        << size;
  }
}

TEST(LogFormatTest, ARecordThatDoesNotFitBeginsTheNextSegment) {
  FrameBuffer buffer(kShape, JournalPosition(0));
  const uint64_t most = kShape.record_bytes_max();
  buffer.Append(std::string(most, 'x'));
  buffer.Append("does not fit");

  const std::vector<LogExtent> extents = buffer.Take();

  ASSERT_THAT(extents, SizeIs(2));
  ASSERT_THAT(extents[0].frames, SizeIs(2));
  EXPECT_EQ(extents[0].frames[1].type, FrameType::kSegmentEnd);
  EXPECT_LE(extents[0].bytes.size(), kShape.frame_bytes());
  EXPECT_EQ(extents[1].begin, kShape.BeginOf(1));
}

TEST(LogFormatTest, LongCommitsAreManyFramesOfModestSize) {
  const LogShape shape = {.log_id = 1};
  FrameBuffer buffer(shape, JournalPosition(0));
  for (int i = 0; i < 1'000; ++i) buffer.Append(std::string(1'000, 'x'));

  const std::vector<LogExtent> extents = buffer.Take();

  ASSERT_THAT(extents, SizeIs(1));
  EXPECT_THAT(extents[0].frames, SizeIs(16));
  for (const FrameHeader& frame : extents[0].frames) {
    EXPECT_LE(frame.body_bytes, kFrameBodyBytesTarget + 1'008);
  }
}

}  // namespace
}  // namespace twinq
