// Crashes of process and machine at every step of a shard that cleans its log, and of its recovery.

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/broker/crashing_shard.h"
#include "tests/support/seed.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using Crash = CrashingShard::Crash;

Crash DrawCrash(Random& random) {
  return random.Chance(0.7) ? Crash::kOfMachine : Crash::kOfProcess;
}

// Lives until so many things are done, or the planned failure.
absl::Status Live(CrashingShard& shard, int things) {
  absl::Status status = shard.Start();
  for (int i = 0; i < things && status.ok() && shard.violation().empty(); ++i) {
    status = shard.DoSomething();
  }
  return status.ok() ? shard.Check() : status;
}

// How many steps the same seed takes if nothing is planned.
uint64_t StepsOf(uint64_t seed, int things) {
  CrashingShard shard(seed);
  EXPECT_THAT(Live(shard, things), IsOk());
  EXPECT_EQ(shard.violation(), "");
  return shard.files().steps();
}

TEST(ShardCrashTest, TheShardIsWhatItsRecordsMakeIt) {
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    CrashingShard shard(seed);
    ASSERT_THAT(Live(shard, 2'000), IsOk());
    ASSERT_EQ(shard.violation(), "");
    EXPECT_GT(shard.spy().head(), JournalPosition(100'000)) << "it has not cleaned its log";

    shard.Restart(Crash::kOfProcess);
    ASSERT_THAT(shard.Start(), IsOk());
    shard.CheckDeliveries();
    ASSERT_EQ(shard.violation(), "");
  }
}

TEST(ShardCrashTest, ACrashAtAnyStepLosesNothingThatAReplyToldOf) {
  for (const uint64_t seed : SeedsOfRounds(4)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    const uint64_t steps = StepsOf(seed, 300);
    for (uint64_t step = 0; step < steps; ++step) {
      SCOPED_TRACE(absl::StrCat("crash at step ", step, " of ", steps));
      CrashingShard shard(seed);
      shard.files().CrashAtStep(step);
      ASSERT_FALSE(Live(shard, 300).ok());
      shard.Restart(DrawCrash(random));
      ASSERT_THAT(shard.Start(), IsOk());
      shard.CheckDeliveries();
      ASSERT_EQ(shard.violation(), "");
    }
  }
}

TEST(ShardCrashTest, CrashAfterCrashLosesNothingThatAReplyToldOf) {
  for (const uint64_t seed : SeedsOfRounds(100)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    CrashingShard shard(seed);
    for (int life = 0; life < 8; ++life) {
      const uint64_t step = random.Below(random.Chance(0.3) ? 8 : 400);
      random.Chance(0.8) ? shard.files().CrashAtStep(step) : shard.files().FailAtStep(step);
      Live(shard, 400).IgnoreError();  // Planned, if it was reached.
      ASSERT_EQ(shard.violation(), "");
      shard.Restart(DrawCrash(random));
    }
    ASSERT_THAT(shard.Start(), IsOk());
    shard.CheckDeliveries();
    ASSERT_EQ(shard.violation(), "");
  }
}

}  // namespace
}  // namespace twinq
