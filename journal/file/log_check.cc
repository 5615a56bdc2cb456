#include "journal/file/log_check.h"

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "core/base/status_macros.h"
#include "journal/file/log_reader.h"
#include "journal/file/log_scan.h"
#include "journal/file/segment_files.h"

namespace twinq {
namespace {

using RecordVisitor = absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)>;

class Checker {
 public:
  Checker(SegmentFiles& files, const LogEvidence& evidence, RecordVisitor visit)
      : files_(files),
        evidence_(evidence),
        visit_(visit),
        reader_(files, files.shape().SegmentOf(evidence.head)) {}

  absl::StatusOr<LogCheck> Check() {
    check_.shape = files_.shape();
    check_.segments = files_.segments().size();
    while (!ended_) TWINQ_RETURN_IF_ERROR(ReadOn());
    check_.log = EndOfLog(evidence_, reader_);
    return std::move(check_);
  }

 private:
  absl::Status ReadOn() {
    const absl::StatusOr<std::optional<LogReader::Frame>> frame = reader_.Next();
    if (absl::IsDataLoss(frame.status())) {
      // What is wrong is the segment as a whole.
      const uint64_t segment = files_.shape().SegmentOf(reader_.position());
      Skip(files_.shape().BeginOf(segment + 1), frame.status().message());
      return absl::OkStatus();
    }
    TWINQ_RETURN_IF_ERROR(frame.status());
    if (const std::optional<LogReader::Frame>& found = *frame) return Count(*found);
    ended_ = reader_.position() >= evidence_.durable;
    if (ended_) return absl::OkStatus();
    TWINQ_ASSIGN_OR_RETURN(const LogDamage damage,
                           DamageBehind(files_, reader_, evidence_.durable));
    Skip(damage.end, damage.message);
    return absl::OkStatus();
  }

  void Skip(JournalPosition end, absl::string_view damage) {
    check_.damage.emplace_back(damage);
    reader_.SkipTo(end);
    // What was not durable follows only what was.
    ended_ = end >= evidence_.durable;
  }

  absl::Status Count(const LogReader::Frame& frame) {
    ++check_.frames;
    return VisitRecords(frame, [this](JournalPosition behind, absl::string_view record) {
      if (behind <= evidence_.head) return absl::OkStatus();
      ++check_.records;
      check_.record_bytes += record.size();
      return visit_(behind, record);
    });
  }

  SegmentFiles& files_;
  const LogEvidence& evidence_;
  RecordVisitor visit_;
  LogReader reader_;
  LogCheck check_;
  bool ended_ = false;
};

}  // namespace

absl::StatusOr<LogCheck> CheckLog(FileSystem& file_system, const std::string& directory,
                                  RecordVisitor visit) {
  TWINQ_ASSIGN_OR_RETURN(SegmentFiles files,
                         SegmentFiles::Open(file_system, directory, LogShape()));
  if (files.segments().empty()) {
    return absl::NotFoundError(absl::StrCat(directory, ": there is no journal"));
  }
  TWINQ_ASSIGN_OR_RETURN(const LogEvidence evidence, GatherEvidence(files));
  return Checker(files, evidence, visit).Check();
}

}  // namespace twinq
