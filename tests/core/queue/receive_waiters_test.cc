#include "core/queue/receive_waiters.h"

#include <cstdint>

#include "gtest/gtest.h"

#include "tests/support/messages.h"

namespace twinq {
namespace {

Waiter Waits(uint64_t id, absl::Duration until) {
  return {.id = WaiterId{id},
          .credit = 1,
          .visibility = absl::Seconds(30),
          .arrived_at = At(absl::ZeroDuration()),
          .wait_until = At(until)};
}

TEST(ReceiveWaitersTest, TheFirstToArriveIsFirstWhateverItsWait) {
  ReceiveWaiters waiters;
  waiters.Add(Waits(1, absl::Seconds(20)));
  waiters.Add(Waits(2, absl::Seconds(1)));

  EXPECT_EQ(waiters.front().id, WaiterId{1});
  EXPECT_TRUE(waiters.Remove(WaiterId{1}));
  EXPECT_EQ(waiters.front().id, WaiterId{2});
}

TEST(ReceiveWaitersTest, TheShortestWaitEndsFirst) {
  ReceiveWaiters waiters;
  waiters.Add(Waits(1, absl::Seconds(20)));
  waiters.Add(Waits(2, absl::Seconds(1)));

  EXPECT_EQ(waiters.NextDeadline(), At(absl::Seconds(1)));
  EXPECT_EQ(waiters.NextToEnd(), WaiterId{2});
}

TEST(ReceiveWaitersTest, EqualWaitsEndInOrderOfArrival) {
  ReceiveWaiters waiters;
  waiters.Add(Waits(1, absl::Seconds(5)));
  waiters.Add(Waits(2, absl::Seconds(5)));

  EXPECT_EQ(waiters.NextToEnd(), WaiterId{1});
}

TEST(ReceiveWaitersTest, AWaiterLeavesFromTheMiddle) {
  ReceiveWaiters waiters;
  for (uint64_t id = 1; id <= 3; ++id) waiters.Add(Waits(id, absl::Seconds(id)));

  EXPECT_TRUE(waiters.Remove(WaiterId{2}));
  EXPECT_FALSE(waiters.Remove(WaiterId{2}));

  EXPECT_EQ(waiters.size(), 2u);
  EXPECT_TRUE(waiters.Remove(WaiterId{1}));
  EXPECT_EQ(waiters.NextDeadline(), At(absl::Seconds(3)));
  EXPECT_TRUE(waiters.Remove(WaiterId{3}));
  EXPECT_TRUE(waiters.empty());
  EXPECT_EQ(waiters.NextDeadline(), Timestamp::Infinite());
}

}  // namespace
}  // namespace twinq
