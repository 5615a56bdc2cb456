#include "tests/crash/journal_check.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "core/base/status_macros.h"

namespace twinq::crash {

absl::StatusOr<int64_t> ParseRecordCount(absl::string_view output) {
  for (const absl::string_view line : absl::StrSplit(output, '\n')) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
    int64_t records = 0;
    if (words.size() == 5 && words[0] == "records" && absl::SimpleAtoi(words[1], &records)) {
      return records;
    }
  }
  return absl::InvalidArgumentError(absl::StrCat("not what `twinqd check` prints: ", output));
}

absl::StatusOr<int64_t> CountRecords(const ServerCommand& command) {
  TWINQ_ASSIGN_OR_RETURN(const Finished finished, RunToEnd(command));
  if (finished.exit_code == 0) return ParseRecordCount(finished.output);
  return absl::DataLossError(absl::StrCat("`twinqd check` ended with ", finished.exit_code,
                                          " after a kill: ", finished.output));
}

}  // namespace twinq::crash
