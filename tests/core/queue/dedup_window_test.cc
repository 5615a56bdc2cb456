#include "core/queue/dedup_window.h"

#include <cstdint>
#include <map>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "core/model/limits.h"
#include "tests/support/messages.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

constexpr int kNoBudget = 1'000'000;

DedupWindow::Entry Entry(uint64_t key, Timestamp sent_at, uint64_t sequence) {
  return {.key = Dedup(key),
          .first_sent_at = sent_at,
          .id = MessageId::FromRandomBits(sequence, sequence),
          .sequence = SequenceNumber(sequence)};
}

struct WindowCase {
  const char* name;
  absl::Duration after;  // The first send.
  bool is_open;
};

class DedupWindowBoundaryTest : public ::testing::TestWithParam<WindowCase> {};

TEST_P(DedupWindowBoundaryTest, FindsWhatIsInTheWindow) {
  DedupWindow window;
  window.Put(Entry(1, At(absl::ZeroDuration()), 10));

  const DedupWindow::Entry* entry = window.Find(Dedup(1), At(GetParam().after));

  ASSERT_EQ(entry != nullptr, GetParam().is_open);
  if (entry != nullptr) {
    EXPECT_EQ(entry->sequence, SequenceNumber(10));
  }
}

TEST_P(DedupWindowBoundaryTest, ForgetsWhatIsNot) {
  DedupWindow window;
  window.Put(Entry(1, At(absl::ZeroDuration()), 10));

  EXPECT_EQ(window.Forget(At(GetParam().after), kNoBudget), GetParam().is_open ? 0 : 1);
}

INSTANTIATE_TEST_SUITE_P(
    Boundaries, DedupWindowBoundaryTest,
    ::testing::Values(WindowCase{"AtOnce", absl::ZeroDuration(), true},
                      WindowCase{"JustBefore", absl::Minutes(5) - absl::Nanoseconds(1), true},
                      WindowCase{"Exactly", absl::Minutes(5), false},
                      WindowCase{"LongAfter", absl::Hours(5), false}),
    [](const auto& test) { return test.param.name; });

TEST(DedupWindowTest, ItCanEndInSlices) {
  constexpr int kBudget = 1'000;
  DedupWindow window;
  for (uint64_t key = 1; key <= 100'000; ++key)
    window.Put(Entry(key, At(absl::ZeroDuration()), key));
  ASSERT_TRUE(window.is_big());

  int slices = 0;
  for (int freed = kBudget; freed >= kBudget; ++slices) {
    freed = window.FreeSome(kBudget);
    ASSERT_LE(freed, 2 * kBudget);
  }

  EXPECT_GE(slices, 100);
  EXPECT_TRUE(window.entries().empty());
  EXPECT_FALSE(window.is_big());
}

TEST(DedupWindowTest, OtherIdsAreNotFound) {
  DedupWindow window;
  window.Put(Entry(1, At(absl::ZeroDuration()), 10));

  EXPECT_EQ(window.Find(Dedup(2), At(absl::ZeroDuration())), nullptr);
}

TEST(DedupWindowTest, ForgettingAnOldEntryKeepsTheNewOneOfItsId) {
  DedupWindow window;
  window.Put(Entry(1, At(absl::ZeroDuration()), 10));
  window.Put(Entry(1, At(absl::Minutes(6)), 20));

  EXPECT_EQ(window.Forget(At(absl::Minutes(6)), kNoBudget), 1);

  const DedupWindow::Entry* entry = window.Find(Dedup(1), At(absl::Minutes(6)));
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->sequence, SequenceNumber(20));
  EXPECT_EQ(window.NextDeadline(), At(absl::Minutes(11)));
}

TEST(DedupWindowTest, ForgetsOldestFirstWithinItsBudget) {
  DedupWindow window;
  for (uint64_t i = 0; i < 5; ++i) window.Put(Entry(i, At(absl::Seconds(i)), i));

  EXPECT_EQ(window.Forget(At(absl::Minutes(10)), 2), 2);

  EXPECT_EQ(window.NextDeadline(), At(absl::Minutes(5) + absl::Seconds(2)));
  EXPECT_EQ(window.entries().size(), 3u);
}

TEST(DedupWindowTest, AnEmptyWindowHasNoDeadline) {
  EXPECT_EQ(DedupWindow().NextDeadline(), Timestamp::Infinite());
}

TEST(DedupWindowTest, AgreesWithAMapOfTheLastSends) {
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    DedupWindow window;
    std::map<uint64_t, DedupWindow::Entry> model;
    Timestamp now = At(absl::ZeroDuration());
    for (uint64_t i = 1; i < 3'000; ++i) {
      now = now + absl::Milliseconds(random.Below(10'000));
      if (random.Chance(0.3)) window.Forget(now, static_cast<int>(random.Below(20)));
      ASSERT_EQ(window.NextDeadline(), window.entries().empty()
                                           ? Timestamp::Infinite()
                                           : window.entries().front().first_sent_at + kDedupWindow);
      const uint64_t key = random.Below(60);
      const auto expected = model.find(key);
      const bool is_open =
          expected != model.end() && now - expected->second.first_sent_at < kDedupWindow;

      window.Prefetch(Dedup(key));
      const DedupWindow::Entry* found = window.Find(Dedup(key), now);

      ASSERT_EQ(found != nullptr, is_open);
      if (is_open) {
        ASSERT_EQ(found->sequence, expected->second.sequence);
        ASSERT_EQ(found->id, expected->second.id);
      } else {
        model[key] = Entry(key, now, i);
        window.Put(model[key]);
      }
    }
  }
}

}  // namespace
}  // namespace twinq
