#include "client/load/engine/poll_watch.h"

#include "absl/strings/str_cat.h"

#include "core/base/status_macros.h"
#include "platform/monotonic_clock.h"

namespace twinq::load {

void PollWatch::BeginPoll() {
  platform::MutexLock lock(mutex_);
  is_polling_ = true;
  changed_.NotifyAll();
}

void PollWatch::Received(const history::MessageName& message, absl::Time at) {
  platform::MutexLock lock(mutex_);
  is_polling_ = false;
  receipt_ = {.message = message, .at = at};
  changed_.NotifyAll();
}

void PollWatch::Fail(const absl::Status& failure) {
  platform::MutexLock lock(mutex_);
  failure_ = failure;
  changed_.NotifyAll();
}

absl::Status PollWatch::WaitForPoll() {
  platform::MutexLock lock(mutex_);
  while (!is_polling_ && failure_.ok()) changed_.Wait(mutex_);
  return failure_;
}

absl::StatusOr<absl::Time> PollWatch::WaitForMessage(const history::MessageName& message,
                                                     absl::Duration patience) {
  const platform::MonotonicClock clock;
  const absl::Time until = clock.Now() + patience;
  platform::MutexLock lock(mutex_);
  for (absl::Duration left = patience; left > absl::ZeroDuration(); left = until - clock.Now()) {
    TWINQ_RETURN_IF_ERROR(failure_);
    if (receipt_.has_value()) break;
    changed_.WaitFor(mutex_, left);
  }
  if (!receipt_.has_value()) {
    return absl::DeadlineExceededError(absl::StrCat("message ", message.number, " did not come"));
  }
  const Receipt receipt = *receipt_;
  receipt_.reset();
  if (receipt.message != message) {
    return absl::InternalError(
        absl::StrCat("message ", receipt.message.number, " came instead of ", message.number));
  }
  return receipt.at;
}

}  // namespace twinq::load
