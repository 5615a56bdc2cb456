#ifndef TWINQ_CLIENT_CLI_TABLE_H_
#define TWINQ_CLIENT_CLI_TABLE_H_

#include <string>
#include <utility>
#include <vector>

namespace twinq::cli {

// Rows of cells, printed in columns as wide as their widest cell; columns after the first that hold
// numbers only are aligned to the right.
class Table {
 public:
  // Of the columns.
  explicit Table(std::vector<std::string> headings) : rows_{std::move(headings)} {}

  // REQUIRES: as many cells as there are headings.
  void Add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // One line for the headings and one for each row.
  std::vector<std::string> Lines() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_TABLE_H_
