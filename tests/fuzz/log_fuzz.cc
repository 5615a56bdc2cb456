// A log of any bytes, with frames at any place whose checksums are right: it is refused, or it
// opens and then keeps what is appended.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "journal/crc32c.h"
#include "journal/file/file_journal.h"
#include "journal/file/log_check.h"
#include "journal/file/log_format.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/memory_file_system.h"

namespace twinq {
namespace {

constexpr char kDirectory[] = "data";
constexpr LogShape kShape = {.log_id = 7, .segment_bytes = kSegmentBytesMin};

void PutFrame(FuzzInput& data, uint64_t segment, std::string& contents) {
  const uint64_t places = kShape.frame_bytes() / kFrameAlignmentBytes;
  const uint64_t place = kFrameAlignmentBytes * data.UpTo(places - 1);
  const uint64_t offset = kSegmentHeaderBytes + place;
  if (offset + kFrameHeaderBytes > contents.size()) return;
  const uint64_t body_offset = offset + kFrameHeaderBytes;
  FrameHeader header = {.type = static_cast<FrameType>(data.UpTo(5)),
                        .epoch = static_cast<uint32_t>(data.UpTo(4)),
                        .record_count = static_cast<uint32_t>(data.UpTo(20)),
                        .body_bytes = static_cast<uint32_t>(data.UpTo(1'600)),
                        .position = JournalPosition(kShape.BeginOf(segment).value() + place),
                        .durable = JournalPosition(data.UpTo(5'000)),
                        .head = JournalPosition(data.UpTo(5'000))};
  const uint64_t body_bytes = std::min<uint64_t>(header.body_bytes, contents.size() - body_offset);
  header.body_crc = Crc32c(absl::string_view(contents).substr(body_offset, body_bytes));
  EncodeFrameHeader(kShape, header, &contents[offset]);
}

std::string SegmentOf(FuzzInput& data, uint64_t segment) {
  std::string contents = EncodeSegmentHeader(kShape, segment);
  contents += data.Text(data.UpTo(kShape.frame_bytes()));
  contents.resize(kShape.segment_bytes);
  // A frame that comes to lie in another's body spoils it.
  for (uint64_t frames = data.UpTo(8); frames > 0; --frames) {
    PutFrame(data, segment, contents);
  }
  return contents;
}

using Records = std::vector<std::string>;

absl::StatusOr<std::unique_ptr<FileJournal>> Open(MemoryFileSystem& files, Records& found) {
  absl::StatusOr<std::unique_ptr<FileJournal>> journal = FileJournal::Open(
      files, kDirectory, {.new_log_id = kShape.log_id, .segment_bytes = kShape.segment_bytes});
  if (!journal.ok()) return journal;
  const absl::Status replayed = (*journal)->Replay([&](JournalPosition, absl::string_view record) {
    found.emplace_back(record);
    return absl::OkStatus();
  });
  if (!replayed.ok()) return replayed;
  return journal;
}

void Fuzz(FuzzInput& data) {
  MemoryFileSystem files(1);
  TWINQ_CHECK(files.MakeDirectory(kDirectory).ok());
  const uint64_t first = data.UpTo(2);
  const uint64_t segments = 1 + data.UpTo(2);
  for (uint64_t segment = first; segment < first + segments; ++segment) {
    files.SetContents(absl::StrCat(kDirectory, "/", SegmentName(segment)),
                      SegmentOf(data, segment));
  }
  CheckLog(files, kDirectory, [](JournalPosition, absl::string_view) {
    return absl::OkStatus();
  }).IgnoreError();

  Records before;
  const auto journal = Open(files, before);
  if (!journal.ok()) return;
  TWINQ_CHECK((*journal)->Append({"one more"}).ok());
  std::unique_ptr<SyncTicket> ticket = (*journal)->BeginSync();
  absl::Status outcome = ticket->Run();
  TWINQ_CHECK((*journal)->EndSync(std::move(ticket), std::move(outcome)).ok());

  files.LosePower();
  Records after;
  TWINQ_CHECK(Open(files, after).ok());
  before.emplace_back("one more");
  TWINQ_CHECK(after == before);
}

}  // namespace
}  // namespace twinq

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  twinq::FuzzInput input(data, size);
  twinq::Fuzz(input);
  return 0;
}
