#ifndef TWINQ_SERVER_RUNTIME_NEAREST_NAME_H_
#define TWINQ_SERVER_RUNTIME_NEAREST_NAME_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"

namespace twinq {

// The known name that somebody probably meant.
struct NearestName {
  absl::string_view name;
  // Characters that were added, left out, changed or swapped with their neighbour.
  size_t edits = 0;
};

// The one of the known names that fewest edits lead to, the first of several. Capitals, the dashes
// before a flag, and - for _ are no edits. REQUIRES: `known` is not empty.
NearestName FindNearestName(absl::string_view name, const std::vector<absl::string_view>& known);

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_NEAREST_NAME_H_
