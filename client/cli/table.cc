#include "client/cli/table.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace twinq::cli {
namespace {

constexpr size_t kGap = 2;

bool IsNumber(const std::string& cell) {
  return !cell.empty() && std::all_of(cell.begin(), cell.end(), absl::ascii_isdigit);
}

}  // namespace

std::vector<std::string> Table::Lines() const {
  std::vector<std::string> lines(rows_.size());
  for (size_t column = 0; column < rows_.front().size(); ++column) {
    size_t width = 0;
    bool is_right = column > 0 && rows_.size() > 1;
    for (size_t row = 0; row < rows_.size(); ++row) {
      width = std::max(width, rows_[row][column].size());
      is_right = is_right && (row == 0 || IsNumber(rows_[row][column]));
    }
    for (size_t row = 0; row < rows_.size(); ++row) {
      const std::string& cell = rows_[row][column];
      const std::string space(width - cell.size(), ' ');
      const std::string gap(column == 0 ? 0 : kGap, ' ');
      absl::StrAppend(&lines[row], gap, is_right ? space : "", cell, is_right ? "" : space);
    }
  }
  for (std::string& line : lines) absl::StripTrailingAsciiWhitespace(&line);
  return lines;
}

}  // namespace twinq::cli
