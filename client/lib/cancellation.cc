#include "client/lib/cancellation.h"

#include <set>

#include "absl/base/thread_annotations.h"
#include "grpcpp/client_context.h"

#include "platform/mutex.h"

namespace twinq::client {

struct Cancellation::State {
  platform::Mutex mutex;
  bool is_cancelled ABSL_GUARDED_BY(mutex) = false;
  std::set<grpc::ClientContext*> under_way ABSL_GUARDED_BY(mutex);
};

Cancellation::Cancellation() : state_(std::make_unique<State>()) {}
Cancellation::~Cancellation() = default;

void Cancellation::Cancel() {
  const platform::MutexLock lock(state_->mutex);
  state_->is_cancelled = true;
  for (grpc::ClientContext* context : state_->under_way) context->TryCancel();
}

Cancellation::Call::Call(Cancellation* cancellation, grpc::ClientContext& context)
    : cancellation_(cancellation), context_(context) {
  if (cancellation_ == nullptr) return;
  State& state = *cancellation_->state_;
  const platform::MutexLock lock(state.mutex);
  // A context that is cancelled before its call has begun ends it as it begins.
  if (state.is_cancelled) context_.TryCancel();
  state.under_way.insert(&context_);
}

Cancellation::Call::~Call() {
  if (cancellation_ == nullptr) return;
  State& state = *cancellation_->state_;
  const platform::MutexLock lock(state.mutex);
  state.under_way.erase(&context_);
}

}  // namespace twinq::client
