#include "core/queue/run_queue.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

struct Item {
  uint64_t key = 0;
  RunLinks links;
};

struct ItemStore {
  using Key = uint64_t;
  Key key(uint32_t item) const { return (*items)[item].key; }
  RunLinks& links(uint32_t item) { return (*items)[item].links; }
  std::vector<Item>* items;
};

// A RunQueue beside the obvious model: a sorted set.
class Pair {
 public:
  explicit Pair(std::vector<Item>& items) : items_(items), actual_(ItemStore{&items}) {}

  void Push(uint32_t item, uint64_t key) {
    items_[item].key = key;
    actual_.Push(item);
    model_.emplace(key, item);
    Check();
  }
  void Remove(uint32_t item) {
    actual_.Remove(item);
    model_.erase({items_[item].key, item});
    EXPECT_EQ(items_[item].links.place, kNoIndex);
    Check();
  }
  bool Contains(uint32_t item) const { return model_.contains({items_[item].key, item}); }
  bool HasKey(uint64_t key) const {
    const auto place = model_.lower_bound({key, 0});
    return place != model_.end() && place->first == key;
  }
  uint32_t front() const { return actual_.front(); }
  bool empty() const { return actual_.empty(); }
  void CheckItems() const {
    std::vector<uint32_t> expected;
    for (const auto& [key, item] : model_) expected.push_back(item);
    std::vector<uint32_t> items = actual_.Items();
    std::sort(expected.begin(), expected.end());
    std::sort(items.begin(), items.end());
    EXPECT_EQ(items, expected);
  }

 private:
  void Check() const {
    ASSERT_EQ(actual_.size(), model_.size());
    ASSERT_EQ(actual_.empty(), model_.empty());
    if (model_.empty()) return;
    ASSERT_EQ(actual_.front(), model_.begin()->second);
    ASSERT_EQ(actual_.front_key(), model_.begin()->first);
  }

  std::vector<Item>& items_;
  RunQueue<ItemStore> actual_;
  std::set<std::pair<uint64_t, uint32_t>> model_;
};

constexpr size_t kItems = 300;

struct ArrivalCase {
  const char* name;
  uint64_t step;    // How far the keys' floor rises with each push.
  uint64_t spread;  // How far above the floor a key may be.
};

class RunQueueModelTest : public ::testing::TestWithParam<ArrivalCase> {};

void RunSteps(Pair& pair, const ArrivalCase& arrivals, SeededRandom& random) {
  uint64_t floor = 0;
  for (int i = 0; i < 4'000 && !::testing::Test::HasFailure(); ++i) {
    floor += arrivals.step;
    const auto item = static_cast<uint32_t>(random.Below(kItems));
    const uint64_t key = floor + random.Below(arrivals.spread);
    if (random.Chance(0.2) && !pair.empty()) {
      pair.Remove(pair.front());
    } else if (pair.Contains(item)) {
      pair.Remove(item);
    } else if (!pair.HasKey(key)) {
      pair.Push(item, key);
    }
  }
}

TEST_P(RunQueueModelTest, AgreesWithASortedSet) {
  for (const uint64_t seed : SeedsOfRounds(10)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    std::vector<Item> items(kItems);
    Pair pair(items);
    RunSteps(pair, GetParam(), random);
    pair.CheckItems();
  }
}

INSTANTIATE_TEST_SUITE_P(Arrivals, RunQueueModelTest,
                         ::testing::Values(ArrivalCase{"InOrder", 1, 1},
                                           ArrivalCase{"NearlyInOrder", 10, 40},
                                           ArrivalCase{"OverlappingRuns", 1, 1'000},
                                           ArrivalCase{"Random", 0, 1'000'000'000}),
                         [](const auto& test) { return test.param.name; });

// Nine falling keys fill all eight runs and then the heap.
TEST(RunQueueTest, FallingKeysComeOutRising) {
  std::vector<Item> items(100);
  Pair pair(items);
  for (uint32_t item = 0; item < 100; ++item) pair.Push(item, 1'000 - item);

  for (uint32_t left = 100; left > 0; --left) {
    EXPECT_EQ(pair.front(), left - 1);
    pair.Remove(left - 1);
  }
}

TEST(RunQueueTest, EqualTimeoutsOfSeveralValuesKeepToTheirRuns) {
  std::vector<Item> items(800);
  Pair pair(items);
  for (uint32_t i = 0; i < 800; ++i) pair.Push(i, i + (i % 8) * 10'000);

  for (int i = 0; i < 800; ++i) pair.Remove(pair.front());

  EXPECT_TRUE(pair.empty());
}

TEST(RunQueueDeathTest, AnItemIsNotPushedTwice) {
  std::vector<Item> items(1);
  RunQueue<ItemStore> queue(ItemStore{&items});
  queue.Push(0);

  EXPECT_DEATH(queue.Push(0), "check failed");
}

}  // namespace
}  // namespace twinq
