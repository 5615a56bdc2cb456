#include "tests/crash/complaints.h"

namespace twinq::crash {

void Complaints::Add(const std::string& text) {
  const platform::MutexLock lock(mutex_);
  ++count_;
  if (first_.size() < kKeptMax) first_.push_back(text);
}

int64_t Complaints::count() const {
  const platform::MutexLock lock(mutex_);
  return count_;
}

std::vector<std::string> Complaints::first() const {
  const platform::MutexLock lock(mutex_);
  return first_;
}

}  // namespace twinq::crash
