#include "server/runtime/nearest_name.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"

#include "core/base/check.h"

namespace twinq {
namespace {

std::string Folded(absl::string_view name) {
  while (!name.empty() && name[0] == '-') name.remove_prefix(1);
  std::string folded = absl::AsciiStrToLower(name);
  std::replace(folded.begin(), folded.end(), '_', '-');
  return folded;
}

// Row by row through the table of distances between all beginnings of both.
size_t Edits(absl::string_view from, absl::string_view to) {
  std::vector<size_t> before_last(to.size() + 1);
  std::vector<size_t> last(to.size() + 1);
  std::vector<size_t> row(to.size() + 1);
  for (size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= from.size(); ++i) {
    before_last = std::exchange(last, row);
    row[0] = i;
    for (size_t j = 1; j <= to.size(); ++j) {
      const size_t change = from[i - 1] == to[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      const bool is_swap = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (is_swap) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[to.size()];
}

}  // namespace

NearestName FindNearestName(absl::string_view name, const std::vector<absl::string_view>& known) {
  TWINQ_CHECK(!known.empty());
  // A long name is near to nothing, and must not cost its length.
  constexpr size_t kBytesMax = 100;
  const std::string folded = Folded(name.substr(0, kBytesMax));
  NearestName nearest = {.name = known[0], .edits = Edits(folded, Folded(known[0]))};
  for (const absl::string_view candidate : known) {
    const size_t edits = Edits(folded, Folded(candidate));
    if (edits < nearest.edits) nearest = {.name = candidate, .edits = edits};
  }
  return nearest;
}

}  // namespace twinq
