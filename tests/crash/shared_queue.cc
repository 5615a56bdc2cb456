#include "tests/crash/shared_queue.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace twinq::crash {
namespace {

constexpr absl::string_view kNoQueue = "QueueDoesNotExist";

}  // namespace

void SharedQueue::RefusedFor(absl::string_view action, absl::string_view error,
                             absl::string_view text) {
  if (may_be_deleted && absl::StrContains(error, kNoQueue)) return;
  surroundings.complaints.Add(
      absl::StrCat(plan.name, ": ", action, " was refused with ", error, ": ", text));
}

}  // namespace twinq::crash
