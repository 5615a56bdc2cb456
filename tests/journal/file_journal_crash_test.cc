// Crashes of process and machine at every step of what a journal does, its recovery included.

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/journal/crashing_log.h"
#include "tests/support/seed.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using Crash = CrashingLog::Crash;

constexpr uint64_t kSegmentBytes = 4 << 10;

Crash DrawCrash(Random& random) {
  return random.Chance(0.7) ? Crash::kOfMachine : Crash::kOfProcess;
}

// Appends, syncs, writes and drops over several segments; stops at the first failure.
absl::Status DoMuch(CrashingLog& log, int things) {
  absl::Status status = log.Open();
  for (int i = 0; i < things && status.ok() && log.violation().empty(); ++i) {
    status = log.DoSomething();
  }
  return status;
}

// How many steps the same seed takes if nothing is planned.
uint64_t StepsOf(uint64_t seed, int things) {
  CrashingLog log(seed, kSegmentBytes);
  EXPECT_THAT(DoMuch(log, things), IsOk());
  EXPECT_EQ(log.violation(), "");
  return log.files().steps();
}

// The journal works again and keeps what it is given.
void ExpectGoesOn(CrashingLog& log) {
  for (int round = 0; round < 2; ++round) {
    ASSERT_THAT(log.Open(), IsOk());
    ASSERT_EQ(log.violation(), "");
    ASSERT_THAT(log.Append(2), IsOk());
    ASSERT_THAT(log.Sync(), IsOk());
    log.Restart(Crash::kOfMachine);
  }
}

TEST(FileJournalCrashTest, ACrashAtAnyStepLeavesAPrefixThatHoldsAllThatWasDurable) {
  for (const uint64_t seed : SeedsOfRounds(30)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    const uint64_t steps = StepsOf(seed, 60);
    for (uint64_t step = 0; step < steps; ++step) {
      SCOPED_TRACE(absl::StrCat("crash at step ", step, " of ", steps));
      CrashingLog log(seed, kSegmentBytes);
      log.files().CrashAtStep(step);
      ASSERT_FALSE(DoMuch(log, 60).ok());
      log.Restart(DrawCrash(random));
      ASSERT_NO_FATAL_FAILURE(ExpectGoesOn(log));
    }
  }
}

TEST(FileJournalCrashTest, ACrashAtAnyStepOfRecoveryLosesNothing) {
  for (const uint64_t seed : SeedsOfRounds(100)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    const uint64_t first_crash = random.Below(StepsOf(seed, 60));
    for (uint64_t step = 0;; ++step) {
      SCOPED_TRACE(absl::StrCat("crash at step ", first_crash, ", then ", step, " of recovery"));
      CrashingLog log(seed, kSegmentBytes);
      log.files().CrashAtStep(first_crash);
      ASSERT_FALSE(DoMuch(log, 60).ok());
      log.Restart(DrawCrash(random));
      log.files().CrashAtStep(step);
      const bool recovered = log.Open().ok();
      ASSERT_EQ(log.violation(), "");
      log.Restart(DrawCrash(random));
      ASSERT_NO_FATAL_FAILURE(ExpectGoesOn(log));
      if (recovered) break;
    }
  }
}

TEST(FileJournalCrashTest, AFailureAtAnyStepIsFinalAndARestartLosesNothing) {
  for (const uint64_t seed : SeedsOfRounds(30)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    const uint64_t steps = StepsOf(seed, 60);
    for (uint64_t step = 0; step < steps; ++step) {
      SCOPED_TRACE(absl::StrCat("failure at step ", step, " of ", steps));
      CrashingLog log(seed, kSegmentBytes);
      log.files().FailAtStep(step);
      ASSERT_FALSE(DoMuch(log, 60).ok());
      if (log.is_open()) {
        ASSERT_FALSE(log.Append(1).ok());
        ASSERT_FALSE(log.Sync().ok());
      }
      // The operating system goes on showing what the disk has not got; the journal must not build
      // on that.
      log.Restart(Crash::kOfProcess);
      ASSERT_THAT(log.Open(), IsOk());
      ASSERT_EQ(log.violation(), "");
      log.Restart(DrawCrash(random));
      ASSERT_NO_FATAL_FAILURE(ExpectGoesOn(log));
    }
  }
}

TEST(FileJournalCrashTest, CrashAfterCrashLeavesAPrefixThatHoldsAllThatWasDurable) {
  for (const uint64_t seed : SeedsOfRounds(3'000)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    CrashingLog log(seed, uint64_t{2 << 10} << random.Below(3));
    if (random.Chance(0.2)) log.files().TransferPiecemeal();
    for (int life = 0; life < 8; ++life) {
      const uint64_t step = random.Below(random.Chance(0.3) ? 8 : 150);
      random.Chance(0.8) ? log.files().CrashAtStep(step) : log.files().FailAtStep(step);
      DoMuch(log, 40).IgnoreError();  // Planned, if it was reached.
      ASSERT_EQ(log.violation(), "");
      log.Restart(DrawCrash(random));
    }
    ASSERT_NO_FATAL_FAILURE(ExpectGoesOn(log));
  }
}

TEST(FileJournalCrashTest, AFailingReadStopsTheStartAndChangesNothing) {
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    for (uint64_t read = 0;; ++read) {
      CrashingLog log(seed, kSegmentBytes);
      ASSERT_THAT(DoMuch(log, 60), IsOk());
      log.Restart(Crash::kOfMachine);
      log.files().FailAtRead(read);
      const bool opened = log.Open().ok();
      ASSERT_EQ(log.violation(), "");
      log.Restart(Crash::kOfMachine);
      ASSERT_NO_FATAL_FAILURE(ExpectGoesOn(log));
      if (opened) break;
    }
  }
}

}  // namespace
}  // namespace twinq
