#include "journal/file/log_format.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "journal/crc32c.h"
#include "journal/little_endian.h"

namespace twinq {
namespace {

constexpr absl::string_view kSegmentSuffix = ".segment";
constexpr size_t kSegmentDigits = 16;

// Where the fields lie.
constexpr size_t kSegmentVersionAt = 8;
constexpr size_t kSegmentCrcAt = 12;
constexpr size_t kSegmentLogIdAt = 16;
constexpr size_t kSegmentIndexAt = 24;
constexpr size_t kSegmentBytesAt = 32;

constexpr size_t kFrameHeaderCrcAt = 0;
constexpr size_t kFrameBodyCrcAt = 4;
constexpr size_t kFrameBodyBytesAt = 8;
constexpr size_t kFrameRecordCountAt = 12;
constexpr size_t kFramePositionAt = 16;
constexpr size_t kFrameDurableAt = 24;
constexpr size_t kFrameHeadAt = 32;
constexpr size_t kFrameEpochAt = 40;
constexpr size_t kFrameTypeAt = 44;  // As four bytes, the upper three zero.

static_assert(kSegmentMagic.size() == kSegmentVersionAt);
static_assert(kSegmentHeaderBytes % kFrameAlignmentBytes == 0);
static_assert(kFrameHeaderBytes % kFrameAlignmentBytes == 0);

// Over the whole header, its own field taken as zero.
uint32_t SegmentHeaderCrc(absl::string_view bytes) {
  constexpr absl::string_view kZero("\0\0\0\0", 4);
  const uint32_t before = Crc32c(bytes.substr(0, kSegmentCrcAt));
  return Crc32c(bytes.substr(kSegmentCrcAt + kZero.size()), Crc32c(kZero, before));
}

uint32_t FrameHeaderCrc(const LogShape& shape, const char* bytes) {
  char log_id[8];
  StoreLittleEndian(shape.log_id, log_id);
  return Crc32c(absl::string_view(bytes + kFrameBodyCrcAt, kFrameHeaderBytes - kFrameBodyCrcAt),
                Crc32c(absl::string_view(log_id, sizeof(log_id))));
}

// Whether a header whose checksum is right makes sense. Ours always do.
bool MakesSense(const LogShape& shape, uint32_t type, const FrameHeader& header) {
  if (type < uint32_t{1} || type > uint32_t{4}) return false;
  const bool has_body = header.type == FrameType::kRecords;
  // Behind what stays, every segment has room for the frame that ends it.
  const bool stays = header.type == FrameType::kRecords || header.type == FrameType::kNote;
  const uint64_t bytes_behind = stays ? kFrameHeaderBytes : 0;
  const uint64_t end = shape.OffsetOf(header.position) + kFrameHeaderBytes + header.body_bytes;
  return has_body == (header.body_bytes > 0) && has_body == (header.record_count > 0) &&
         header.body_bytes <= kFrameBodyBytesMax && header.body_bytes % kFrameAlignmentBytes == 0 &&
         end + bytes_behind <= shape.segment_bytes && header.durable <= header.position &&
         header.head <= header.durable;
}

}  // namespace

uint64_t LogShape::record_bytes_max() const {
  // Room for the frame that says that the segment ends, and for the padding.
  const uint64_t room = frame_bytes() - 2 * kFrameHeaderBytes - kRecordPrefixBytes;
  return std::min(kRecordBytesMax, room - kFrameAlignmentBytes);
}

std::string SegmentName(uint64_t segment) {
  return absl::StrCat(absl::Hex(segment, absl::kZeroPad16), kSegmentSuffix);
}

std::optional<uint64_t> ParseSegmentName(absl::string_view name) {
  uint64_t segment = 0;
  const bool parsed = name.size() == kSegmentDigits + kSegmentSuffix.size() &&
                      absl::SimpleHexAtoi(name.substr(0, kSegmentDigits), &segment);
  if (!parsed || SegmentName(segment) != name) return std::nullopt;
  return segment;
}

std::string EncodeSegmentHeader(const LogShape& shape, uint64_t segment) {
  std::string bytes(kSegmentHeaderBytes, '\0');
  kSegmentMagic.copy(bytes.data(), kSegmentMagic.size());
  StoreLittleEndian(kLogFormatVersion, &bytes[kSegmentVersionAt]);
  StoreLittleEndian(shape.log_id, &bytes[kSegmentLogIdAt]);
  StoreLittleEndian(segment, &bytes[kSegmentIndexAt]);
  StoreLittleEndian(shape.segment_bytes, &bytes[kSegmentBytesAt]);
  StoreLittleEndian(SegmentHeaderCrc(bytes), &bytes[kSegmentCrcAt]);
  return bytes;
}

absl::StatusOr<SegmentHeader> DecodeSegmentHeader(absl::string_view bytes) {
  if (bytes.size() < kSegmentHeaderBytes) return absl::DataLossError("segment header is cut off");
  bytes = bytes.substr(0, kSegmentHeaderBytes);
  if (!absl::StartsWith(bytes, kSegmentMagic)) {
    return absl::DataLossError("segment header does not begin as one");
  }
  if (LoadLittleEndian<uint32_t>(&bytes[kSegmentCrcAt]) != SegmentHeaderCrc(bytes)) {
    return absl::DataLossError("segment header fails its checksum");
  }
  const auto version = LoadLittleEndian<uint32_t>(&bytes[kSegmentVersionAt]);
  if (version != kLogFormatVersion) {
    return absl::UnimplementedError(absl::StrCat("journal format version ", version,
                                                 ", but this program reads version ",
                                                 kLogFormatVersion, " only"));
  }
  SegmentHeader header;
  header.shape.log_id = LoadLittleEndian<uint64_t>(&bytes[kSegmentLogIdAt]);
  header.segment = LoadLittleEndian<uint64_t>(&bytes[kSegmentIndexAt]);
  header.shape.segment_bytes = LoadLittleEndian<uint64_t>(&bytes[kSegmentBytesAt]);
  if (header.shape.segment_bytes < kSegmentBytesMin ||
      header.shape.segment_bytes > kSegmentBytesMax ||
      header.shape.segment_bytes % kFrameAlignmentBytes != 0) {
    return absl::DataLossError("segment header names an impossible size");
  }
  return header;
}

void EncodeFrameHeader(const LogShape& shape, const FrameHeader& header, char* bytes) {
  StoreLittleEndian(header.body_crc, bytes + kFrameBodyCrcAt);
  StoreLittleEndian(header.body_bytes, bytes + kFrameBodyBytesAt);
  StoreLittleEndian(header.record_count, bytes + kFrameRecordCountAt);
  StoreLittleEndian(header.position.value(), bytes + kFramePositionAt);
  StoreLittleEndian(header.durable.value(), bytes + kFrameDurableAt);
  StoreLittleEndian(header.head.value(), bytes + kFrameHeadAt);
  StoreLittleEndian(header.epoch, bytes + kFrameEpochAt);
  StoreLittleEndian(static_cast<uint32_t>(header.type), bytes + kFrameTypeAt);
  StoreLittleEndian(FrameHeaderCrc(shape, bytes), bytes + kFrameHeaderCrcAt);
}

std::optional<FrameHeader> DecodeFrameHeader(const LogShape& shape, JournalPosition position,
                                             const char* bytes) {
  // First what almost never holds where no frame begins: recovery looks everywhere.
  if (LoadLittleEndian<uint64_t>(bytes + kFramePositionAt) != position.value() ||
      LoadLittleEndian<uint32_t>(bytes + kFrameHeaderCrcAt) != FrameHeaderCrc(shape, bytes)) {
    return std::nullopt;
  }
  const auto type = LoadLittleEndian<uint32_t>(bytes + kFrameTypeAt);
  FrameHeader header;
  header.type = static_cast<FrameType>(type);
  header.epoch = LoadLittleEndian<uint32_t>(bytes + kFrameEpochAt);
  header.record_count = LoadLittleEndian<uint32_t>(bytes + kFrameRecordCountAt);
  header.body_bytes = LoadLittleEndian<uint32_t>(bytes + kFrameBodyBytesAt);
  header.body_crc = LoadLittleEndian<uint32_t>(bytes + kFrameBodyCrcAt);
  header.position = position;
  header.durable = JournalPosition(LoadLittleEndian<uint64_t>(bytes + kFrameDurableAt));
  header.head = JournalPosition(LoadLittleEndian<uint64_t>(bytes + kFrameHeadAt));
  if (!MakesSense(shape, type, header)) return std::nullopt;
  return header;
}

}  // namespace twinq
