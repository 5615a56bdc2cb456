#ifndef TWINQ_CLIENT_CLI_LINE_READER_H_
#define TWINQ_CLIENT_CLI_LINE_READER_H_

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace twinq::cli {

// The lines of a stream, as they come: what a slow writer has written is there at once, what a fast
// one has comes many lines at a time.
//
// Errors: the operating system's. OutOfRange: a line is longer than `line_bytes_max`; the message
// names it, and lines before it were given. Lifetime: borrows the stream, of which nothing else
// reads. Limits: memory for one line and one piece of 64 KiB.
class LineReader {
 public:
  LineReader(std::FILE* stream, size_t line_bytes_max)
      : stream_(stream), line_bytes_max_(line_bytes_max) {}

  // The lines that have come since the last call, without their ends, waiting for at least one.
  // None: the stream is over. A last line without an end counts.
  absl::StatusOr<std::vector<std::string>> Next();

 private:
  // Adds the lines that end in the piece.
  void Divide(absl::string_view piece, std::vector<std::string>& lines);

  std::FILE* stream_;
  const size_t line_bytes_max_;
  size_t lines_ = 0;  // That were given.
  bool is_over_ = false;
  absl::Status failure_;
  std::string rest_;  // The beginning of a line.
};

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_LINE_READER_H_
