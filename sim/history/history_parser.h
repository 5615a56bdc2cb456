#ifndef TWINQ_SIM_HISTORY_HISTORY_PARSER_H_
#define TWINQ_SIM_HISTORY_HISTORY_PARSER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "sim/history/history.h"
#include "sim/history/name_table.h"

namespace twinq::history {

// Reads a history from its text form (history_writer.h), line by line.
//
// Errors: InvalidArgument, naming the line and the field, for a line that is not exactly as a
// writer writes it, and for a history that Validate() refuses. After an error the parser is of no
// more use. Memory: that of the history.
class HistoryParser {
 public:
  // The next line, without its line break.
  absl::Status AddLine(absl::string_view line);
  // After the last line. REQUIRES: called once.
  absl::StatusOr<History> Finish();

 private:
  absl::Status Parse(absl::string_view line);
  absl::Status ParseEvent(absl::string_view word, absl::string_view fields);

  int64_t lines_ = 0;
  bool has_ended_ = false;
  History history_;
  NameTable names_;
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_HISTORY_PARSER_H_
