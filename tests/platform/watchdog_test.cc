#include "platform/watchdog.h"

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"

#include "platform/mutex.h"

namespace twinq::platform {
namespace {

TEST(WatchdogTest, CallsWhenItsPatienceIsOver) {
  struct {
    Mutex mutex;
    CondVar changed;
    bool has_expired ABSL_GUARDED_BY(mutex) = false;
  } shared;

  const Watchdog watchdog(absl::Milliseconds(1), [&shared] {
    const MutexLock lock(shared.mutex);
    shared.has_expired = true;
    shared.changed.NotifyAll();
  });

  const MutexLock lock(shared.mutex);
  while (!shared.has_expired) shared.changed.Wait(shared.mutex);
}

TEST(WatchdogTest, DoesNotCallOnceItIsDestroyed) {
  bool has_expired = false;

  {
    const Watchdog watchdog(absl::Hours(1), [&has_expired] { has_expired = true; });
  }

  EXPECT_FALSE(has_expired);
}

}  // namespace
}  // namespace twinq::platform
