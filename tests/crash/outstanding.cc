#include "tests/crash/outstanding.h"

namespace twinq::crash {

void Outstanding::Add(const history::MessageName& name) {
  const platform::MutexLock lock(mutex_);
  names_.insert(name);
}

void Outstanding::Remove(const history::MessageName& name) {
  const platform::MutexLock lock(mutex_);
  names_.erase(name);
}

void Outstanding::Clear() {
  const platform::MutexLock lock(mutex_);
  names_.clear();
}

size_t Outstanding::size() const {
  const platform::MutexLock lock(mutex_);
  return names_.size();
}

}  // namespace twinq::crash
