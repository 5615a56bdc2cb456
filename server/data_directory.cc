#include "server/data_directory.h"

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "platform/log.h"
#include "server/runtime/options.h"

namespace twinq {

static_assert(kDiskReserveBytesDefault == 2 * kSegmentBytes);

namespace {

std::string FileOf(const std::string& directory, const LogShape& shape, JournalPosition position) {
  return absl::StrCat(directory, "/", SegmentName(shape.SegmentOf(position)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<FileJournal>> OpenDataDirectory(FileSystem& files,
                                                               const std::string& directory,
                                                               Random& random) {
  absl::StatusOr<std::unique_ptr<FileJournal>> journal =
      FileJournal::Open(files, directory, {.new_log_id = random.Next()});
  if (!journal.ok()) {
    return absl::Status(journal.status().code(), absl::StrCat("cannot open --data-dir=", directory,
                                                              ": ", journal.status().message()));
  }
  const LogEnd& found = (*journal)->found();
  if (found.cut_bytes > 0) {
    const LogShape& shape = (*journal)->shape();
    platform::Log(platform::LogLevel::kWarning, "cut_off",
                  {{"bytes", found.cut_bytes},
                   {"file", FileOf(directory, shape, found.end)},
                   {"offset", shape.OffsetOf(found.end)}});
  }
  return journal;
}

ExitCode ExitCodeOf(const absl::Status& failure) {
  TWINQ_CHECK(!failure.ok());
  if (absl::IsDataLoss(failure) || absl::IsUnimplemented(failure)) return ExitCode::kDamaged;
  if (absl::IsFailedPrecondition(failure)) return ExitCode::kInUse;
  if (absl::IsNotFound(failure) || absl::IsPermissionDenied(failure) ||
      absl::IsInvalidArgument(failure) || absl::IsAlreadyExists(failure)) {
    return ExitCode::kNoDirectory;
  }
  return ExitCode::kDiskFailed;
}

std::string PlaceOf(const std::string& directory, const LogShape& shape, JournalPosition position) {
  return absl::StrCat(FileOf(directory, shape, position), ", offset ", shape.OffsetOf(position));
}

absl::Status DamageAt(const std::string& directory, const LogShape& shape, JournalPosition behind,
                      absl::Status visited) {
  if (!absl::IsInvalidArgument(visited)) return visited;
  return absl::DataLossError(absl::StrCat(PlaceOf(directory, shape, behind), ": ",
                                          visited.message(),
                                          " (it ends there), and with it all behind it"));
}

}  // namespace twinq
