#ifndef TWINQ_CORE_MODEL_QUEUE_NAME_H_
#define TWINQ_CORE_MODEL_QUEUE_NAME_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "core/model/queue_kind.h"

namespace twinq {

// The name of a queue: 1 to 80 characters of [A-Za-z0-9_-], plus ".fifo" (counted in the 80)
// exactly when the queue is FIFO. Parse() is the only way in, so every QueueName is well formed.
// Case-sensitive.
class QueueName {
 public:
  // InvalidArgument if `text` is no queue name.
  static absl::StatusOr<QueueName> Parse(absl::string_view text);

  const std::string& text() const { return text_; }
  QueueKind kind() const;

  friend auto operator<=>(const QueueName&, const QueueName&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const QueueName& name) {
    return H::combine(std::move(state), name.text_);
  }

 private:
  explicit QueueName(absl::string_view text) : text_(text) {}

  std::string text_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_QUEUE_NAME_H_
