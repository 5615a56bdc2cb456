#include "platform/thread.h"

#include <array>
#include <atomic>
#include <pthread.h>
#include <sched.h>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace twinq::platform {
namespace {

// The name under which the kernel knows a thread that was started with `name`.
std::string KernelNameOf(const std::string& name) {
  std::array<char, 16> kept{};
  Thread thread(name, [&kept] { pthread_getname_np(pthread_self(), kept.data(), kept.size()); });
  thread.Join();
  return kept.data();
}

TEST(ThreadTest, HasTheNameThatItWasGiven) {
  EXPECT_EQ(KernelNameOf("shard-timer"), "shard-timer");
}

TEST(ThreadTest, NameIsCutAtFifteenCharacters) {
  EXPECT_EQ(KernelNameOf("exactly-fifteen"), "exactly-fifteen");
  EXPECT_EQ(KernelNameOf("one-more-than-15"), "one-more-than-1");
}

TEST(ThreadTest, JoinWaitsForTheFunction) {
  bool has_run = false;
  Thread thread("join", [&has_run] { has_run = true; });
  EXPECT_TRUE(thread.is_running());

  thread.Join();

  EXPECT_TRUE(has_run);
  EXPECT_FALSE(thread.is_running());
}

TEST(ThreadTest, EndOfScopeWaitsForTheFunction) {
  bool has_run = false;
  {
    const Thread thread("scope", [&has_run] { has_run = true; });
  }

  EXPECT_TRUE(has_run);
}

TEST(ThreadTest, WithoutAFunctionThereIsNothingToJoin) {
  Thread none;

  none.Join();

  EXPECT_FALSE(none.is_running());
}

TEST(ThreadTest, AssignmentJoinsTheOldAndTakesOverTheNew) {
  std::atomic<bool> first_has_run = false;
  std::atomic<bool> second_may_end = false;
  Thread thread("first", [&first_has_run] { first_has_run = true; });
  Thread second("second", [&second_may_end] {
    while (!second_may_end) sched_yield();
  });

  thread = std::move(second);

  EXPECT_TRUE(first_has_run);
  EXPECT_TRUE(thread.is_running());
  second_may_end = true;
}

TEST(ProcessorCountTest, CountsThoseThatTheProcessMayUse) {
  int count = 0;
  Thread thread("restricted", [&count] {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    CPU_SET(static_cast<size_t>(sched_getcpu()), &allowed);
    if (sched_setaffinity(0, sizeof(allowed), &allowed) == 0) count = ProcessorCount();
  });
  thread.Join();

  EXPECT_EQ(count, 1);
  EXPECT_GE(ProcessorCount(), 1);
}

}  // namespace
}  // namespace twinq::platform
