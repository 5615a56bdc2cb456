#ifndef TWINQ_CORE_MODEL_GROUP_ID_H_
#define TWINQ_CORE_MODEL_GROUP_ID_H_

#include <compare>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace twinq {

// The id of a message group: 1 to 128 printable ASCII characters without the space (U+0021 to
// U+007E). On a FIFO queue the unit of order and lock; on a standard queue the tenant of a fair
// queue, or empty.
class GroupId {
 public:
  GroupId() = default;  // No group.
  // InvalidArgument if `text` is no group id.
  static absl::StatusOr<GroupId> Parse(absl::string_view text);

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

  friend auto operator<=>(const GroupId&, const GroupId&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const GroupId& group) {
    return H::combine(std::move(state), group.text_);
  }

 private:
  explicit GroupId(absl::string_view text) : text_(text) {}

  std::string text_;
};

// Whether `text` has the syntax that SQS asks of MessageGroupId, MessageDeduplicationId and
// ReceiveRequestAttemptId alike.
bool HasGroupIdSyntax(absl::string_view text);

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_GROUP_ID_H_
