#include "core/queue/receive_waiters.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/messages.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

Waiter Waits(uint64_t id, absl::Duration until) {
  return {.id = WaiterId{id},
          .credit = {},
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

// Beside a plain list that is searched for everything.
class WaitersBesideAList {
 public:
  explicit WaitersBesideAList(uint64_t seed) : random_(seed) {}

  void Step() {
    ++steps_;
    if (random_.Chance(0.55)) {
      plain_.push_back(Waits(steps_, absl::Seconds(random_.Below(5))));
      waiters_.Add(plain_.back());
    } else {
      const WaiterId id{random_.Below(steps_) + 1};
      const bool was_there =
          std::erase_if(plain_, [id](const Waiter& waiter) { return waiter.id == id; }) > 0;
      EXPECT_EQ(waiters_.Remove(id), was_there);
    }
  }
  void Compare() const {
    ASSERT_EQ(waiters_.size(), plain_.size());
    if (plain_.empty()) return;
    const auto next = std::min_element(
        plain_.begin(), plain_.end(),
        [](const Waiter& a, const Waiter& b) { return a.wait_until < b.wait_until; });
    EXPECT_EQ(waiters_.front().id, plain_.front().id);
    EXPECT_EQ(waiters_.NextDeadline(), next->wait_until);
    EXPECT_EQ(waiters_.NextToEnd(), next->id);
  }

 private:
  SeededRandom random_;
  ReceiveWaiters waiters_;
  std::vector<Waiter> plain_;
  uint64_t steps_ = 0;
};

TEST(ReceiveWaitersPropertyTest, AgreesWithAPlainList) {
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    WaitersBesideAList both(seed);
    for (int step = 0; step < 1'000 && !::testing::Test::HasFailure(); ++step) {
      both.Step();
      both.Compare();
    }
  }
}

}  // namespace
}  // namespace twinq
