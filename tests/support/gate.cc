#include "tests/support/gate.h"

namespace twinq {

void Gate::Close() {
  const platform::MutexLock lock(mutex_);
  is_closed_ = true;
}

void Gate::Open() {
  const platform::MutexLock lock(mutex_);
  is_closed_ = false;
  may_pass_ = 0;
  changed_.NotifyAll();
}

void Gate::LetOneThrough() {
  const platform::MutexLock lock(mutex_);
  ++may_pass_;
  changed_.NotifyAll();
}

void Gate::AwaitSomebody() {
  const platform::MutexLock lock(mutex_);
  while (standing_ <= may_pass_) changed_.Wait(mutex_);
}

void Gate::Pass() {
  const platform::MutexLock lock(mutex_);
  ++standing_;
  changed_.NotifyAll();
  while (is_closed_ && may_pass_ == 0) changed_.Wait(mutex_);
  --standing_;
  if (is_closed_) --may_pass_;
}

}  // namespace twinq
