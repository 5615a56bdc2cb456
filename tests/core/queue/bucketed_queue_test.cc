#include "core/queue/bucketed_queue.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

constexpr size_t kBucket = BucketedQueue<uint64_t>::kBucketEntriesMax;

// A BucketedQueue beside the obvious model: a sorted set.
class Pair {
 public:
  void Insert(uint64_t entry) {
    if (!model_.insert(entry).second) return;
    actual_.Insert(entry);
    Check();
  }
  void EraseFirst() {
    if (!model_.empty()) Erase(*model_.begin());
  }
  // The first of those that are not less than this.
  void EraseFrom(uint64_t least) {
    const auto found = model_.lower_bound(least);
    if (found != model_.end()) Erase(*found);
  }
  bool empty() const { return actual_.empty(); }

 private:
  void Erase(uint64_t entry) {
    model_.erase(entry);
    actual_.Erase(entry);
    Check();
  }
  void Check() const {
    ASSERT_EQ(actual_.size(), model_.size());
    ASSERT_EQ(actual_.empty(), model_.empty());
    auto expected = model_.begin();
    for (size_t places = 0; places < 3 && expected != model_.end(); ++places, ++expected) {
      const uint64_t* entry = actual_.Behind(places);
      if (places == 0) {
        ASSERT_EQ(actual_.front(), *expected);
      }
      if (entry == nullptr) break;  // It is too far away.
      ASSERT_EQ(*entry, *expected);
    }
  }

  BucketedQueue<uint64_t> actual_;
  std::set<uint64_t> model_;
};

struct ArrivalCase {
  const char* name;
  uint64_t step;    // How far the floor rises with each entry.
  uint64_t spread;  // How far above the floor an entry may be.
  double others;    // The share of entries that leave from elsewhere than the front.
};

class BucketedQueueModelTest : public ::testing::TestWithParam<ArrivalCase> {};

// It fills to several buckets and becomes empty, over and over.
TEST_P(BucketedQueueModelTest, AgreesWithASortedSet) {
  constexpr int kSteps = 60'000;
  for (const uint64_t seed : SeedsOfRounds(3)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    Pair pair;
    uint64_t floor = 0;
    for (int step = 0; step < kSteps && !HasFatalFailure(); ++step) {
      const bool is_filling = step % 20'000 < 12'000;
      if (random.Chance(is_filling ? 0.8 : 0.05)) {
        floor += GetParam().step;
        pair.Insert(floor + random.Below(GetParam().spread));
      } else if (random.Chance(GetParam().others)) {
        pair.EraseFrom(floor + random.Below(GetParam().spread));
      } else {
        pair.EraseFirst();
      }
    }
    while (!pair.empty() && !HasFatalFailure()) pair.EraseFirst();
  }
}

INSTANTIATE_TEST_SUITE_P(Arrivals, BucketedQueueModelTest,
                         ::testing::Values(ArrivalCase{"InOrder", 1, 1, 0},
                                           ArrivalCase{"NearlyInOrder", 10, 400, 0.1},
                                           ArrivalCase{"OverAWindow", 1, 5'000, 0.1},
                                           ArrivalCase{"Random", 0, 1'000'000'000, 0},
                                           ArrivalCase{"RandomFromAnywhere", 0, 1'000'000, 1}),
                         [](const auto& test) { return test.param.name; });

TEST(BucketedQueueTest, FallingEntriesComeOutRising) {
  Pair pair;
  for (uint64_t entry = 10 * kBucket; entry > 0; --entry) pair.Insert(entry);

  while (!pair.empty() && !::testing::Test::HasFatalFailure()) pair.EraseFirst();
}

TEST(BucketedQueueTest, AnEntryMayComeBack) {
  BucketedQueue<uint64_t> queue;
  for (uint64_t entry = 0; entry < 4 * kBucket; ++entry) queue.Insert(entry);

  for (uint64_t entry = 0; entry < 4 * kBucket; ++entry) {
    queue.Erase(entry);
    queue.Insert(entry);
  }

  EXPECT_EQ(queue.front(), 0u);
  EXPECT_EQ(queue.size(), 4 * kBucket);
}

TEST(BucketedQueueTest, BehindTheEndThereIsNothing) {
  BucketedQueue<uint64_t> queue;
  EXPECT_EQ(queue.Behind(0), nullptr);
  queue.Insert(7);

  EXPECT_EQ(*queue.Behind(0), 7u);
  EXPECT_EQ(queue.Behind(1), nullptr);
}

TEST(BucketedQueueDeathTest, WhatIsNotThereIsNotErased) {
  BucketedQueue<uint64_t> queue;
  for (uint64_t entry = 0; entry < 3 * kBucket; ++entry) queue.Insert(2 * entry);

  EXPECT_DEATH(queue.Erase(7), "check failed");
  EXPECT_DEATH(queue.Erase(4 * kBucket + 1), "check failed");
}

}  // namespace
}  // namespace twinq
