#include "core/queue/message_groups.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "tests/support/messages.h"

namespace twinq {
namespace {

// Message n is in slot n, has sequence n and was sent n seconds after the beginning.
class MessageGroupsTest : public ::testing::Test {
 protected:
  void Join(uint32_t n, absl::string_view group) {
    MessageSlot& slot = slots_.Take(n);
    slot.sequence = SequenceNumber(n);
    slot.sent_at = At(absl::Seconds(n));
    groups_.Joined(n, Group(group));
  }
  void Take(uint32_t n) {
    groups_.Taken(n);
    slots_[n].state = MessageSlot::State::kInFlight;
    ++slots_[n].receive_count;
  }
  void ComeBack(uint32_t n, absl::Duration at) {
    slots_[n].state = MessageSlot::State::kAvailable;
    slots_[n].visible_at = At(at);
    groups_.BecameAvailable(n);
  }
  void LeaveInFlight(uint32_t n) {
    groups_.Left(n);
    slots_.Free(n);
  }

  MessageSlots slots_;
  MessageGroups groups_{slots_};
};

TEST_F(MessageGroupsTest, WithoutGroupsThereIsNoCandidate) {
  EXPECT_EQ(groups_.Candidate(), kNoIndex);
}

TEST_F(MessageGroupsTest, TheGroupWhoseHeadWasSentFirstIsServedFirst) {
  Join(1, "a");
  Join(2, "b");

  EXPECT_EQ(groups_.Candidate(), 1u);
  Take(1);
  EXPECT_EQ(groups_.Candidate(), 2u);
}

TEST_F(MessageGroupsTest, AMessageBehindALockedHeadIsNoCandidate) {
  Join(1, "a");
  Take(1);
  Join(2, "a");

  EXPECT_EQ(groups_.Candidate(), kNoIndex);
}

TEST_F(MessageGroupsTest, ThePrefixEndsAtTheFirstMessageInFlight) {
  for (uint32_t n = 1; n <= 4; ++n) Join(n, "a");
  for (uint32_t n = 1; n <= 3; ++n) Take(n);
  ComeBack(1, absl::Seconds(10));
  ComeBack(2, absl::Seconds(10));

  EXPECT_EQ(groups_.NextOfPrefix(1), 2u);
  EXPECT_EQ(groups_.NextOfPrefix(2), kNoIndex);
}

TEST_F(MessageGroupsTest, AGroupWhoseHeadCameBackGoesBehindOneThatWaitedLonger) {
  Join(1, "a");
  Join(2, "b");
  Take(1);
  ComeBack(1, absl::Seconds(10));

  EXPECT_EQ(groups_.Candidate(), 2u);
}

TEST_F(MessageGroupsTest, ANewHeadThatWasNeverReceivedCountsFromItsSend) {
  Join(1, "a");
  Join(2, "a");
  Join(3, "b");
  Take(1);

  LeaveInFlight(1);

  EXPECT_EQ(groups_.Candidate(), 2u);
}

TEST_F(MessageGroupsTest, AMessageLeavesFromTheMiddleOfItsGroup) {
  for (uint32_t n = 1; n <= 3; ++n) Join(n, "a");
  Take(1);
  Take(2);
  LeaveInFlight(2);
  ComeBack(1, absl::Seconds(10));

  EXPECT_EQ(groups_.Candidate(), 1u);
  EXPECT_EQ(groups_.NextOfPrefix(1), 3u);
  EXPECT_EQ(groups_.AvailableSlots().size(), 2u);
}

TEST_F(MessageGroupsTest, AnEmptyGroupIsGoneAndCanBeginAnew) {
  Join(1, "a");
  Take(1);
  LeaveInFlight(1);
  EXPECT_EQ(groups_.size(), 0u);

  Join(5, "b");
  Join(6, "a");

  EXPECT_EQ(groups_.size(), 2u);
  EXPECT_EQ(groups_.GroupOf(5), Group("b"));
  EXPECT_EQ(groups_.GroupOf(6), Group("a"));
  EXPECT_EQ(groups_.Candidate(), 5u);
}

TEST_F(MessageGroupsTest, ManyGroupsAreServedInTheOrderOfTheirHeads) {
  constexpr uint32_t kMany = 2'000;
  for (uint32_t n = 1; n <= kMany; ++n) Join(n, absl::StrCat("group-", n * 7'919 % kMany));

  for (uint32_t n = 1; n <= kMany; ++n) {
    ASSERT_EQ(groups_.Candidate(), n);
    Take(n);
  }
}

}  // namespace
}  // namespace twinq
