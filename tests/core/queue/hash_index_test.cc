#include "core/queue/hash_index.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

uint32_t Find(const HashIndex& index, uint32_t hash, uint32_t number) {
  return index.Find(hash, [number](uint32_t candidate) { return candidate == number; });
}

TEST(HashIndexTest, AnEmptyOneFindsNothing) {
  HashIndex index;

  EXPECT_EQ(Find(index, 7, 7), HashIndex::kNone);
  EXPECT_FALSE(index.Erase(7, 7));
  EXPECT_EQ(index.size(), 0u);
}

TEST(HashIndexTest, ItemsOfOneHashAreToldApart) {
  HashIndex index;
  index.Insert(0xFFFF'FFFF, 1);
  index.Insert(0xFFFF'FFFF, 2);
  index.Insert(0xFFFF'FFFF, 0);

  EXPECT_EQ(Find(index, 0xFFFF'FFFF, 2), 2u);
  EXPECT_TRUE(index.Erase(0xFFFF'FFFF, 1));
  EXPECT_FALSE(index.Erase(0xFFFF'FFFF, 1));
  EXPECT_EQ(Find(index, 0xFFFF'FFFF, 1), HashIndex::kNone);
  EXPECT_EQ(Find(index, 0xFFFF'FFFF, 2), 2u);
  EXPECT_EQ(Find(index, 0xFFFF'FFFF, 0), 0u);
}

TEST(HashIndexTest, AnyItemOfAHashIsFoundWhileThereIsOne) {
  HashIndex index;
  EXPECT_EQ(index.FindAny(7), HashIndex::kNone);
  index.Insert(7, 1);
  index.Insert(7, 2);
  index.Insert(8, 3);

  EXPECT_THAT(index.FindAny(7), ::testing::AnyOf(1, 2));
  index.Erase(7, 1);
  EXPECT_EQ(index.FindAny(7), 2u);
  index.Erase(7, 2);
  EXPECT_EQ(index.FindAny(7), HashIndex::kNone);
}

// All at the last home: the cells behind it hold them, at every size that a table has.
TEST(HashIndexTest, AFewEqualHashesFitAtTheEndOfEveryTable) {
  HashIndex index;
  for (uint32_t number = 0; number < 100; ++number) index.Insert(0xFFFF'FFFF, number);

  for (uint32_t number = 0; number < 100; ++number) {
    ASSERT_EQ(Find(index, 0xFFFF'FFFF, number), number);
  }
}

// In the middle of growing too, when there are two tables.
TEST(HashIndexTest, ItCanEndPieceByPiece) {
  for (const uint32_t items : {0u, 1u, 100u, 43'690u, 43'691u, 43'800u, 200'000u}) {
    HashIndex index;
    for (uint32_t number = 0; number < items; ++number)
      index.Insert(number * 2'654'435'761u, number);
    EXPECT_EQ(index.is_big(), items > 1'000) << items;

    int pieces = 0;
    while (index.FreePiece()) ++pieces;

    EXPECT_EQ(pieces > 3, items > 1'000) << items;
    EXPECT_FALSE(index.is_big());
    EXPECT_EQ(index.size(), 0u);
  }
}

// Beside a map, with hashes of few bits, so that chains are long, and of many; growing all the
// time.
class HashIndexPropertyTest : public ::testing::TestWithParam<int> {};

TEST_P(HashIndexPropertyTest, AgreesWithAMap) {
  for (const uint64_t seed : SeedsOfRounds(10)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    HashIndex index;
    std::map<uint32_t, uint32_t> hashes;  // By number.
    uint32_t numbers = 0;
    for (int step = 0; step < 20'000; ++step) {
      if (hashes.empty() || random.Chance(step % 4'000 < 3'000 ? 0.6 : 0.4)) {
        const auto bits = static_cast<uint32_t>(random.Below(uint64_t{1} << GetParam()));
        const uint32_t hash = bits << (32 - GetParam());
        index.Insert(hash, ++numbers);
        hashes[numbers] = hash;
      } else {
        const auto some = hashes.lower_bound(static_cast<uint32_t>(random.Below(numbers) + 1));
        const auto [number, hash] = some == hashes.end() ? *hashes.begin() : *some;
        ASSERT_TRUE(index.Erase(hash, number));
        ASSERT_EQ(Find(index, hash, number), HashIndex::kNone);
        hashes.erase(number);
      }
      ASSERT_EQ(index.size(), hashes.size());
      if (step % 97 != 0) continue;
      for (const auto& [number, hash] : hashes) ASSERT_EQ(Find(index, hash, number), number);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Bits, HashIndexPropertyTest, ::testing::Values(9, 12, 31),
                         [](const auto& test) { return std::to_string(test.param); });

}  // namespace
}  // namespace twinq
