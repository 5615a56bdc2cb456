#include "core/model/queue_name.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

#include "core/model/limits.h"

namespace twinq {
namespace {

constexpr absl::string_view kFifoSuffix = ".fifo";

bool IsNameCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
}

}  // namespace

absl::StatusOr<QueueName> QueueName::Parse(absl::string_view text) {
  const absl::string_view stem = absl::StripSuffix(text, kFifoSuffix);
  if (stem.empty() || text.size() > kQueueNameCharactersMax ||
      !std::all_of(stem.begin(), stem.end(), IsNameCharacter)) {
    return absl::InvalidArgumentError(
        "a queue name has 1 to 80 characters of [A-Za-z0-9_-], a FIFO queue's ends in .fifo");
  }
  return QueueName(text);
}

QueueKind QueueName::kind() const {
  return absl::EndsWith(text_, kFifoSuffix) ? QueueKind::kFifo : QueueKind::kStandard;
}

}  // namespace twinq
