#include "client/load/engine/shared_chapter.h"

#include <algorithm>

namespace twinq::load {

void SharedChapter::BeginDraining() {
  draining_since_ = Now();
  phase = Phase::kDraining;
}

bool SharedChapter::IsDrained() const {
  if (phase == Phase::kSending) return false;
  const Timestamp now = Now();
  const Timestamp quiet_since =
      std::max(Timestamp::FromNanos(last_activity_nanos), draining_since_);
  return now - quiet_since > workload.visibility_timeout + kReceiveWait || IsAbandoned(now);
}

void SharedChapter::Fail(const absl::Status& status) {
  {
    platform::MutexLock lock(mutex_);
    if (failure_.ok()) failure_ = status;
  }
  stop.Give();
  window.Close();
}

absl::Status SharedChapter::failure() const {
  platform::MutexLock lock(mutex_);
  return failure_;
}

}  // namespace twinq::load
