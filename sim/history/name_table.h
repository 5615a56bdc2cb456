#ifndef TWINQ_SIM_HISTORY_NAME_TABLE_H_
#define TWINQ_SIM_HISTORY_NAME_TABLE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "sim/history/event.h"

namespace twinq::history {

// Numbers texts from 1, in the order in which they first come.
class NameTable {
 public:
  NameId Number(absl::string_view text);

  const std::vector<std::string>& texts() const { return texts_; }

 private:
  absl::flat_hash_map<std::string, NameId> numbers_;
  std::vector<std::string> texts_;
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_NAME_TABLE_H_
