#include "client/cli/line_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <unistd.h>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace twinq::cli {

absl::StatusOr<std::vector<std::string>> LineReader::Next() {
  std::vector<std::string> lines;
  while (lines.empty() && failure_.ok() && !is_over_) {
    std::array<char, 65'536> piece{};
    const ssize_t bytes = ::read(::fileno(stream_), piece.data(), piece.size());
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes < 0) {
      failure_ = absl::ErrnoToStatus(errno, "cannot read the input");
    } else if (bytes == 0) {
      is_over_ = true;
      if (!rest_.empty()) lines.push_back(std::move(rest_));
    } else {
      Divide({piece.data(), static_cast<size_t>(bytes)}, lines);
    }
  }
  if (lines.empty() && !failure_.ok()) return failure_;
  return lines;
}

void LineReader::Divide(absl::string_view piece, std::vector<std::string>& lines) {
  while (failure_.ok() && !piece.empty()) {
    const size_t end = std::min(piece.find('\n'), piece.size());
    absl::StrAppend(&rest_, piece.substr(0, end));
    if (rest_.size() > line_bytes_max_) {
      failure_ = absl::OutOfRangeError(absl::StrCat("line ", lines_ + 1, " has more than ",
                                                    line_bytes_max_,
                                                    " bytes, the most that a message has"));
    } else if (end < piece.size()) {
      ++lines_;
      lines.push_back(std::exchange(rest_, {}));
    }
    piece.remove_prefix(std::min(end + 1, piece.size()));
  }
}

}  // namespace twinq::cli
