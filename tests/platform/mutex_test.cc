#include "platform/mutex.h"

#include <deque>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"

#include "platform/thread.h"

namespace twinq::platform {
namespace {

constexpr int kRounds = 10'000;

struct Count {
  void Raise() {
    const MutexLock lock(mutex);
    ++count;
  }

  Mutex mutex;
  int count ABSL_GUARDED_BY(mutex) = 0;
};

TEST(MutexTest, KeepsThreadsApart) {
  Count guarded;
  {
    std::deque<Thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back("count", [&guarded] {
        for (int round = 0; round < kRounds; ++round) guarded.Raise();
      });
    }
  }

  const MutexLock lock(guarded.mutex);
  EXPECT_EQ(guarded.count, 4 * kRounds);
}

// A number that threads hand on: each waits for its own.
struct Turn {
  Mutex mutex;
  CondVar changed;
  int next ABSL_GUARDED_BY(mutex) = 0;
};

TEST(CondVarTest, NotifyAllWakesEveryWaiter) {
  Turn turn;
  {
    std::deque<Thread> threads;
    for (int own = 1; own <= 4; ++own) {
      threads.emplace_back("turn", [&turn, own] {
        const MutexLock lock(turn.mutex);
        while (turn.next != own) turn.changed.Wait(turn.mutex);
        ++turn.next;
        turn.changed.NotifyAll();
      });
    }
    const MutexLock lock(turn.mutex);
    turn.next = 1;
    turn.changed.NotifyAll();
  }

  const MutexLock lock(turn.mutex);
  EXPECT_EQ(turn.next, 5);
}

TEST(CondVarTest, NotifyOneWakesTheWaiter) {
  Turn turn;
  Thread waiter("turn", [&turn] {
    const MutexLock lock(turn.mutex);
    while (turn.next == 0) turn.changed.Wait(turn.mutex);
    turn.next = 2;
  });

  {
    const MutexLock lock(turn.mutex);
    turn.next = 1;
    turn.changed.NotifyOne();
  }
  waiter.Join();

  const MutexLock lock(turn.mutex);
  EXPECT_EQ(turn.next, 2);
}

TEST(CondVarTest, WaitForReturnsAfterItsTimeoutAndHoldsTheMutex) {
  Turn turn;
  {
    const MutexLock lock(turn.mutex);
    turn.changed.WaitFor(turn.mutex, absl::Milliseconds(1));
    turn.next = 1;
  }

  // Would wait forever if WaitFor() had lost or kept the lock.
  const MutexLock lock(turn.mutex);
  EXPECT_EQ(turn.next, 1);
}

TEST(CondVarTest, WaitForIsEndedByANotification) {
  Turn turn;
  Thread waiter("turn", [&turn] {
    const MutexLock lock(turn.mutex);
    while (turn.next == 0) turn.changed.WaitFor(turn.mutex, absl::Hours(24));
  });

  {
    const MutexLock lock(turn.mutex);
    turn.next = 1;
    turn.changed.NotifyOne();
  }

  waiter.Join();
}

}  // namespace
}  // namespace twinq::platform
