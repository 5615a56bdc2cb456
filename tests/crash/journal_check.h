#ifndef TWINQ_TESTS_CRASH_JOURNAL_CHECK_H_
#define TWINQ_TESTS_CRASH_JOURNAL_CHECK_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "tests/crash/server_process.h"

namespace twinq::crash {

// The number of records in a journal, from what `twinqd check` prints of it; InvalidArgument if it
// does not say so.
absl::StatusOr<int64_t> ParseRecordCount(absl::string_view output);

// Runs `command`, a `twinqd check`. DataLoss if it finds anything that a crash must not leave.
absl::StatusOr<int64_t> CountRecords(const ServerCommand& command);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_JOURNAL_CHECK_H_
