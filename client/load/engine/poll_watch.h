#ifndef TWINQ_CLIENT_LOAD_ENGINE_POLL_WATCH_H_
#define TWINQ_CLIENT_LOAD_ENGINE_POLL_WATCH_H_

#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "client/load/engine/message_tag.h"
#include "platform/mutex.h"

namespace twinq::load {

// What a consumer that polls tells the producer that it waits for.
//
// Thread-safety: one thread calls BeginPoll, Received and Fail, another one waits.
class PollWatch {
 public:
  void BeginPoll();
  void Received(const history::MessageName& message, absl::Time at);
  void Fail(const absl::Status& failure);

  // Until the consumer begins to poll. The failure if it failed.
  absl::Status WaitForPoll();
  // When the consumer received the message. Errors: the failure if it failed; Internal if it
  // received another one; DeadlineExceeded after `patience`.
  absl::StatusOr<absl::Time> WaitForMessage(const history::MessageName& message,
                                            absl::Duration patience);

 private:
  struct Receipt {
    history::MessageName message = {};
    absl::Time at;
  };

  platform::Mutex mutex_;
  platform::CondVar changed_;
  bool is_polling_ ABSL_GUARDED_BY(mutex_) = false;
  // The last message, until WaitForMessage() takes it: the next poll may begin before.
  std::optional<Receipt> receipt_ ABSL_GUARDED_BY(mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_POLL_WATCH_H_
