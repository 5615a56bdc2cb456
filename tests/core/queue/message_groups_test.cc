#include "core/queue/message_groups.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/messages.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

// Message n is in slot n, has sequence n and was sent n seconds after the beginning.
class MessageGroupsTest : public ::testing::Test {
 protected:
  void Join(uint32_t n, absl::string_view group) {
    MessageSlot& slot = slots_.Take(n);
    slot.sequence = SequenceNumber(n);
    slot.available_at = At(absl::Seconds(n));
    slot.state = MessageSlot::State::kAvailable;
    groups_.Joined(n, Group(group));
    groups_.BecameAvailable(n);
  }
  void Take(uint32_t n) {
    groups_.Taken(n);
    slots_[n].state = MessageSlot::State::kInFlight;
    ++slots_[n].receive_count;
  }
  void ComeBack(uint32_t n, absl::Duration at) {
    slots_[n].state = MessageSlot::State::kAvailable;
    slots_[n].available_at = At(at);
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

TEST_F(MessageGroupsTest, AGroupThatIsGoneIsNotSortedAfterAReplay) {
  Join(2, "a");
  Join(4, "b");
  Join(3, "b");
  Join(1, "a");
  for (const uint32_t n : {2u, 1u}) {
    Take(n);
    LeaveInFlight(n);
  }

  groups_.EndReplay();

  EXPECT_EQ(groups_.Candidate(), 3u);
  EXPECT_EQ(groups_.GroupOf(3), Group("b"));
  EXPECT_EQ(groups_.NextOfPrefix(3), 4u);
}

TEST_F(MessageGroupsTest, EmptyOnesCanEndInSlices) {
  constexpr uint32_t kMany = 30'000;
  constexpr int kBudget = 100;
  for (uint32_t n = 1; n <= kMany; ++n) Join(n, absl::StrCat("group-", n));
  for (uint32_t n = 1; n <= kMany; ++n) {
    Take(n);
    LeaveInFlight(n);
  }
  ASSERT_TRUE(groups_.is_big());

  int slices = 0;
  for (int freed = kBudget; freed >= kBudget; ++slices) {
    freed = groups_.FreeSome(kBudget);
    ASSERT_LE(freed, 2 * kBudget);
  }

  EXPECT_GE(slices, 10);
  EXPECT_FALSE(groups_.is_big());
}

// The groups as one list of messages in the order of sending, searched for everything.
class PlainGroups {
 public:
  struct Message {
    uint32_t slot;
    std::string group;
    Timestamp since;
    bool was_received = false;
    bool is_available = true;
  };

  std::vector<Message> messages;

  static std::tuple<Timestamp, bool, uint32_t> Key(const Message& message) {
    return {message.since, message.was_received, message.slot};
  }
  // Rule F4 over the heads that are available.
  uint32_t Candidate() const {
    const Message* best = nullptr;
    for (const Message& message : messages) {
      if (!IsHead(message) || !message.is_available) continue;
      if (best == nullptr || Key(message) < Key(*best)) best = &message;
    }
    return best == nullptr ? kNoIndex : best->slot;
  }
  uint32_t NextOfPrefix(uint32_t slot) const {
    bool found = false;
    std::string group;
    for (const Message& message : messages) {
      if (found && message.group == group) return message.is_available ? message.slot : kNoIndex;
      if (message.slot == slot) {
        found = true;
        group = message.group;
      }
    }
    return kNoIndex;
  }
  size_t size() const {
    return static_cast<size_t>(std::count_if(messages.begin(), messages.end(),
                                             [this](const Message& m) { return IsHead(m); }));
  }

 private:
  bool IsHead(const Message& message) const {
    for (const Message& other : messages) {
      if (other.group == message.group) return &other == &message;
    }
    return false;
  }
};

class GroupsBesidePlainOnes {
 public:
  explicit GroupsBesidePlainOnes(uint64_t seed) : random_(seed) {}

  void Step() {
    if (random_.Chance(0.5)) now_ = now_ + absl::Seconds(1);
    if (plain_.messages.size() < 25 && random_.Chance(0.4)) {
      Join();
    } else if (!plain_.messages.empty()) {
      Change(plain_.messages[random_.Below(plain_.messages.size())]);
    }
  }
  void Compare() const {
    ASSERT_EQ(groups_.Candidate(), plain_.Candidate());
    ASSERT_EQ(groups_.size(), plain_.size());
    for (const PlainGroups::Message& message : plain_.messages) {
      ASSERT_EQ(groups_.NextOfPrefix(message.slot), plain_.NextOfPrefix(message.slot));
      ASSERT_EQ(groups_.GroupOf(message.slot), Group(message.group));
    }
  }

 private:
  void Join() {
    const uint32_t slot = ++joined_;
    const std::string group = absl::StrCat("g", random_.Below(6));
    slots_.Take(slot).sequence = SequenceNumber(slot);
    Prefetch(Group(group));
    groups_.Joined(slot, Group(group));
    MakeAvailable(slot);
    plain_.messages.push_back({.slot = slot, .group = group, .since = now_});
  }
  // Of any group, known or not: it changes nothing.
  void Prefetch(const GroupId& group) const {
    const uint32_t hash = MessageGroups::HashOf(group);
    groups_.PrefetchCell(hash);
    groups_.PrefetchGroup(hash);
    groups_.PrefetchTail(hash);
  }
  void MakeAvailable(uint32_t slot) {
    slots_[slot].available_at = now_;
    slots_[slot].state = MessageSlot::State::kAvailable;
    groups_.BecameAvailable(slot);
  }
  void Change(PlainGroups::Message& message) {
    const uint32_t slot = message.slot;
    if (message.is_available) {
      groups_.Taken(slot);
      slots_[slot].state = MessageSlot::State::kInFlight;
      slots_[slot].receive_count = 1;
      message.is_available = false;
      message.was_received = true;
    } else if (random_.Chance(0.5)) {
      MakeAvailable(slot);
      message.is_available = true;
      message.since = now_;
    } else {
      groups_.Left(slot);
      slots_.Free(slot);
      std::erase_if(plain_.messages, [slot](const auto& each) { return each.slot == slot; });
    }
  }

  SeededRandom random_;
  MessageSlots slots_;
  MessageGroups groups_{slots_};
  PlainGroups plain_;
  Timestamp now_ = At(absl::ZeroDuration());
  uint32_t joined_ = 0;
};

TEST(MessageGroupsPropertyTest, AgreeWithAPlainList) {
  for (const uint64_t seed : SeedsOfRounds(10)) {
    SCOPED_TRACE(SeedTrace(seed));
    GroupsBesidePlainOnes both(seed);
    for (int step = 0; step < 1'500; ++step) {
      both.Step();
      both.Compare();
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace twinq
