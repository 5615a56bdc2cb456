#include "core/queue/message_slots.h"

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

TEST(MessageSlotsTest, FirstSlotsAreGivenInOrder) {
  MessageSlots slots;
  for (uint32_t i = 0; i < 2'000; ++i) {
    ASSERT_EQ(slots.NextFree(), i);
    slots.Take(i);
  }

  EXPECT_EQ(slots.used(), 2'000u);
}

TEST(MessageSlotsTest, LastFreedIsGivenFirst) {
  MessageSlots slots;
  for (uint32_t i = 0; i < 4; ++i) slots.Take(i);
  slots.Free(1);
  slots.Free(3);
  slots.Free(0);

  std::vector<uint32_t> given;
  for (int i = 0; i < 4; ++i) {
    given.push_back(slots.NextFree());
    slots.Take(given.back());
  }

  EXPECT_EQ(given, (std::vector<uint32_t>{0, 3, 1, 4}));
}

TEST(MessageSlotsTest, ATakenSlotIsEmpty) {
  MessageSlots slots;
  slots.Take(0).receive_count = 7;
  slots.Free(0);

  const MessageSlot& slot = slots.Take(0);

  EXPECT_EQ(slot.receive_count, 0u);
  EXPECT_NE(slot.state, MessageSlot::State::kFree);
  EXPECT_EQ(slot.links.place, kNoIndex);
}

TEST(MessageSlotsTest, ASlotBeyondTheEndCanBeTaken) {
  MessageSlots slots;
  slots.Take(5);

  std::vector<uint32_t> given;
  for (int i = 0; i < 6; ++i) {
    given.push_back(slots.NextFree());
    slots.Take(given.back());
  }

  EXPECT_EQ(given, (std::vector<uint32_t>{4, 3, 2, 1, 0, 6}));
}

TEST(MessageSlotsTest, HoldsOnlyTheMessageThatIsThere) {
  MessageSlots slots;
  slots.Take(0).sequence = SequenceNumber(9);

  EXPECT_TRUE(slots.Holds(0, SequenceNumber(9)));
  EXPECT_FALSE(slots.Holds(0, SequenceNumber(8)));
  EXPECT_FALSE(slots.Holds(1, SequenceNumber(9)));
  EXPECT_FALSE(slots.Holds(kNoIndex, SequenceNumber(9)));
  slots.Free(0);
  EXPECT_FALSE(slots.Holds(0, SequenceNumber(9)));
}

TEST(MessageSlotsTest, ReplayingTakesAndFreesLeadsToTheSameChoices) {
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    MessageSlots live;
    MessageSlots replayed;
    std::vector<uint32_t> taken;
    for (int i = 0; i < 3'000; ++i) {
      if (taken.empty() || random.Chance(0.55)) {
        const uint32_t index = live.NextFree();
        ASSERT_EQ(replayed.NextFree(), index);
        live.Take(index);
        replayed.Take(index);
        taken.push_back(index);
      } else {
        std::swap(taken[random.Below(taken.size())], taken.back());
        live.Free(taken.back());
        replayed.Free(taken.back());
        taken.pop_back();
      }
      ASSERT_EQ(live.used(), taken.size());
    }
  }
}

TEST(MessageSlotsDeathTest, AHeldSlotIsNotTaken) {
  MessageSlots slots;
  slots.Take(0);

  EXPECT_DEATH(slots.Take(0), "check failed");
}

TEST(MessageSlotsDeathTest, AFreeSlotIsNotFreed) {
  MessageSlots slots;
  slots.Take(0);
  slots.Free(0);

  EXPECT_DEATH(slots.Free(0), "check failed");
}

}  // namespace
}  // namespace twinq
