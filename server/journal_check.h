#ifndef TWINQ_SERVER_JOURNAL_CHECK_H_
#define TWINQ_SERVER_JOURNAL_CHECK_H_

#include <string>

#include "absl/status/statusor.h"

#include "core/base/file_system.h"

namespace twinq {

// What `twinqd check` has to say about a data directory.
struct JournalCheck {
  enum class Verdict { kSound, kDamaged };

  Verdict verdict = Verdict::kSound;
  std::string report;  // Lines: what there is, or what is damaged, where, and what is lost.
};

// Reads the whole journal without changing it. If it is sound, replays it, too, and counts what a
// server would find. Errors: ExitCodeOf() them.
// Cost: reads the journal twice, and needs the memory that a server would.
absl::StatusOr<JournalCheck> CheckJournal(FileSystem& files, const std::string& directory);

}  // namespace twinq

#endif  // TWINQ_SERVER_JOURNAL_CHECK_H_
