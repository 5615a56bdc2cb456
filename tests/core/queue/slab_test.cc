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

// Also in the middle of a chunk, at its beginning, and where its memory is a mapping of its own.
TEST(SlabTest, ItemsEndFromTheLastOn) {
  struct Padded {
    std::shared_ptr<int> item;
    uint64_t more[14] = {};
  };
  const auto shared = std::make_shared<int>();
  Slab<Padded, 64> slab;
  for (uint32_t i = 0; i < kMany; ++i) slab[slab.Grow()].item = shared;

  for (const uint32_t left : {49'999u, 40'000u, 32'704u, 32'703u, 100u, 64u, 1u, 0u}) {
    slab.FreeLast(slab.size() - left);

    ASSERT_EQ(slab.size(), left);
    ASSERT_EQ(static_cast<uint32_t>(shared.use_count()), left + 1);
    if (left == 0) continue;
    ASSERT_EQ(slab[left - 1].item, shared);
  }
}

TEST(SlabTest, WhatHasEndedCanGrowAgain) {
  Slab<Item> slab;
  for (uint32_t i = 0; i < kMany; ++i) slab[slab.Grow()].value = i;

  slab.FreeLast(slab.size());

  EXPECT_EQ(slab.Grow(), 0u);
  EXPECT_EQ(slab[0].value, 7u);
}

}  // namespace
}  // namespace twinq
