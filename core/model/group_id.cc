#include "core/model/group_id.h"

#include <algorithm>

#include "absl/status/status.h"

#include "core/model/limits.h"

namespace twinq {

bool HasGroupIdSyntax(absl::string_view text) {
  return !text.empty() && text.size() <= kGroupIdCharactersMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '!' && c <= '~'; });
}

absl::StatusOr<GroupId> GroupId::Parse(absl::string_view text) {
  if (!HasGroupIdSyntax(text)) {
    return absl::InvalidArgumentError(
        "a message group id has 1 to 128 alphanumeric and punctuation characters");
  }
  return GroupId(text);
}

}  // namespace twinq
