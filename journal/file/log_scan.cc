#include "journal/file/log_scan.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq {
namespace {

absl::string_view Why(LogReader::Ending ending) {
  switch (ending) {
    case LogReader::Ending::kNoHeader:
      return "no frame begins there";
    case LogReader::Ending::kBadBody:
      return "the frame that begins there fails its checksum";
    case LogReader::Ending::kOlder:
      return "the frame that begins there is older than the one before";
    case LogReader::Ending::kMark:
      return "the log claims to end there";
    case LogReader::Ending::kNone:
      break;
  }
  TWINQ_CHECK(false);  // The reader has not ended.
}

}  // namespace

absl::Status ScanFrameHeaders(SegmentFiles& files, JournalPosition from,
                              absl::FunctionRef<void(const FrameHeader&)> visit) {
  const LogShape& shape = files.shape();
  const uint64_t segment = shape.SegmentOf(from);
  TWINQ_ASSIGN_OR_RETURN(SegmentReader reader, SegmentReader::Open(files, segment));
  uint64_t offset = shape.OffsetOf(from);
  while (offset + kFrameHeaderBytes <= shape.segment_bytes) {
    TWINQ_ASSIGN_OR_RETURN(const absl::string_view bytes, reader.Peek(offset, kFrameHeaderBytes));
    size_t at = 0;
    for (; at + kFrameHeaderBytes <= bytes.size(); at += kFrameAlignmentBytes) {
      const JournalPosition position(shape.BeginOf(segment).value() + offset + at -
                                     kSegmentHeaderBytes);
      const auto header = DecodeFrameHeader(shape, position, bytes.data() + at);
      if (header.has_value()) visit(*header);
    }
    offset += at;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<JournalPosition>> FindFrameHeader(SegmentFiles& files,
                                                               JournalPosition behind,
                                                               JournalPosition limit) {
  const LogShape& shape = files.shape();
  std::optional<JournalPosition> found;
  JournalPosition from(behind.value() + kFrameAlignmentBytes);
  while (from < limit && !found.has_value() && files.segments().contains(shape.SegmentOf(from))) {
    TWINQ_RETURN_IF_ERROR(ScanFrameHeaders(files, from, [&](const FrameHeader& header) {
      if (!found.has_value() && header.position < limit) found = header.position;
    }));
    from = shape.BeginOf(shape.SegmentOf(from) + 1);
  }
  return found;
}

absl::StatusOr<LogDamage> DamageBehind(SegmentFiles& files, const LogReader& reader,
                                       JournalPosition end) {
  const JournalPosition begin = reader.position();
  TWINQ_ASSIGN_OR_RETURN(const std::optional<JournalPosition> next,
                         FindFrameHeader(files, begin, end));
  LogDamage damage = {.begin = begin, .end = next.value_or(end)};
  const LogShape& shape = files.shape();
  damage.message = absl::StrCat(files.PathOf(shape.SegmentOf(begin)), ": damaged at offset ",
                                shape.OffsetOf(begin), ": ", Why(reader.ending()), "; ",
                                damage.end.value() - begin.value(), " bytes of the log are lost");
  return damage;
}

}  // namespace twinq
