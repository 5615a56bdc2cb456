#include "client/lib/cancellation.h"

#include <set>
#include <utility>

#include "absl/base/thread_annotations.h"

#include "platform/mutex.h"

namespace twinq::client {

struct Cancellation::State {
  platform::Mutex mutex;
  bool is_cancelled ABSL_GUARDED_BY(mutex) = false;
  std::set<Call*> under_way ABSL_GUARDED_BY(mutex);
};

Cancellation::Cancellation() : state_(std::make_unique<State>()) {}
Cancellation::~Cancellation() = default;

void Cancellation::Cancel() {
  const platform::MutexLock lock(state_->mutex);
  if (std::exchange(state_->is_cancelled, true)) return;
  for (Call* call : state_->under_way) call->end_();
}

Cancellation::Call::Call(Cancellation* cancellation, std::function<void()> end)
    : cancellation_(cancellation), end_(std::move(end)) {
  if (cancellation_ == nullptr) return;
  State& state = *cancellation_->state_;
  const platform::MutexLock lock(state.mutex);
  state.under_way.insert(this);
  if (state.is_cancelled) end_();
}

Cancellation::Call::~Call() {
  if (cancellation_ == nullptr) return;
  State& state = *cancellation_->state_;
  const platform::MutexLock lock(state.mutex);
  state.under_way.erase(this);
}

}  // namespace twinq::client
