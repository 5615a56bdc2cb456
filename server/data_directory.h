#ifndef TWINQ_SERVER_DATA_DIRECTORY_H_
#define TWINQ_SERVER_DATA_DIRECTORY_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "core/base/file_system.h"
#include "core/base/random.h"
#include "journal/file/file_journal.h"
#include "journal/file/log_format.h"
#include "journal/journal.h"
#include "server/runtime/exit_code.h"

namespace twinq {

// Opens the journal in the directory and holds it. Makes the directory if only it is missing, and
// logs what was cut off. Errors: ExitCodeOf() them.
absl::StatusOr<std::unique_ptr<FileJournal>> OpenDataDirectory(FileSystem& files,
                                                               const std::string& directory,
                                                               Random& random);

// How the process ends when opening a data directory, or replaying its journal, has failed so.
ExitCode ExitCodeOf(const absl::Status& failure);

// "DIR/000000000000002a.segment, offset 512": where the position lies.
std::string PlaceOf(const std::string& directory, const LogShape& shape, JournalPosition position);

// What the replay of a record came to. InvalidArgument, which says that the record makes no sense,
// becomes DataLoss and names the place, `behind` the record.
absl::Status DamageAt(const std::string& directory, const LogShape& shape, JournalPosition behind,
                      absl::Status visited);

}  // namespace twinq

#endif  // TWINQ_SERVER_DATA_DIRECTORY_H_
