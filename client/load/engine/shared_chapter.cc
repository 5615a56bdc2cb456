#include "client/load/engine/shared_chapter.h"

#include <algorithm>

namespace twinq::load {
namespace {

// Beyond what any consumer may hold a message.
constexpr absl::Duration kStallMin = absl::Seconds(5);

}  // namespace

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

bool SharedChapter::HasStalled() const {
  const absl::Time active_at =
      std::max(Timestamp::FromNanos(last_activity_nanos).ToTime(), plan.began_at);
  return phase == Phase::kSending &&
         clock.Now() - active_at > workload.visibility_timeout + workload.processing + kStallMin;
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
