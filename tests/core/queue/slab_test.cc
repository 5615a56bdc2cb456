#include "core/queue/slab.h"

#include <cstdint>
#include <memory>
#include <vector>

#include "gtest/gtest.h"

namespace twinq {
namespace {

// So large that a slab's first chunks and several blocks are filled.
constexpr uint32_t kMany = 50'000;

struct Item {
  uint64_t value = 7;
  uint64_t more[9] = {};
};

TEST(SlabTest, ItemsBeginAsTheyAreConstructedAndStayWhereTheyAre) {
  Slab<Item> slab;
  std::vector<Item*> places;
  for (uint32_t i = 0; i < kMany; ++i) {
    ASSERT_EQ(slab.Grow(), i);
    ASSERT_EQ(slab[i].value, 7u);
    slab[i].value = i;
    places.push_back(&slab[i]);
  }

  EXPECT_EQ(slab.size(), kMany);
  for (uint32_t i = 0; i < kMany; ++i) {
    ASSERT_EQ(&slab[i], places[i]);
    ASSERT_EQ(places[i]->value, i);
  }
}

TEST(SlabTest, ItemsEndWithTheSlab) {
  const auto shared = std::make_shared<int>();
  {
    Slab<std::shared_ptr<int>> slab;
    for (uint32_t i = 0; i < kMany; ++i) slab[slab.Grow()] = shared;
    EXPECT_EQ(shared.use_count(), kMany + 1);
  }

  EXPECT_EQ(shared.use_count(), 1);
}

TEST(SlabTest, ItemsEndChunkByChunk) {
  constexpr uint32_t kChunk = 64;
  const auto shared = std::make_shared<int>();
  Slab<std::shared_ptr<int>, kChunk> slab;
  for (uint32_t i = 0; i < 3 * kChunk; ++i) slab[slab.Grow()] = shared;

  for (int chunks = 3; chunks > 0; --chunks) {
    EXPECT_EQ(shared.use_count(), chunks * int{kChunk} + 1);
    slab.FreeChunk();
  }

  EXPECT_EQ(slab.chunks(), 0u);
  EXPECT_EQ(shared.use_count(), 1);
}

}  // namespace
}  // namespace twinq
