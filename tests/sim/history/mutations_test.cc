#include "tests/sim/history/mutations.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "sim/history/judge.h"
#include "tests/support/seed.h"

namespace twinq::history {
namespace {

constexpr int kRounds = 40;

struct MutationCase {
  Mutation mutation;
  QueueKind kind = QueueKind::kStandard;
  Mutation::Base base = Mutation::Base::kCalm;
};

// For the test's output.
void PrintTo(const MutationCase& test, std::ostream* out) { *out << test.mutation.name; }

std::vector<MutationCase> AllCases() {
  std::vector<MutationCase> cases;
  for (const Mutation& mutation : AllMutations()) {
    for (const QueueKind kind : mutation.kinds) {
      for (const Mutation::Base base : mutation.bases) cases.push_back({mutation, kind, base});
    }
  }
  return cases;
}

class MutationTest : public testing::TestWithParam<MutationCase> {};

TEST_P(MutationTest, IsCaughtWithTheRightVerdict) {
  const auto& [mutation, kind, base] = GetParam();
  int applied = 0;
  for (const uint64_t seed : SeedsOfRounds(kRounds)) {
    SCOPED_TRACE(SeedTrace(seed));
    History history = BaseHistory(base, kind, seed);
    ASSERT_TRUE(Judge(history, {.kind = kind})->IsClean());
    SeededRandom random(seed);
    Editor editor(history, random);
    if (!mutation.apply(editor)) continue;
    ++applied;

    SortByTime(history);
    const absl::StatusOr<Judgement> judgement = Judge(history, {.kind = kind});

    ASSERT_TRUE(judgement.ok()) << judgement.status();
    for (size_t i = 0; i < kVerdicts; ++i) {
      const auto verdict = static_cast<Verdict>(i);
      if (mutation.consequences.contains(verdict)) continue;
      EXPECT_EQ(judgement->count(verdict) > 0, verdict == mutation.verdict)
          << NameOf(verdict) << "\n"
          << TextOf(*judgement);
    }
    if (HasFailure()) return;
  }
  EXPECT_GE(applied, kRounds / 10);
}

INSTANTIATE_TEST_SUITE_P(All, MutationTest, testing::ValuesIn(AllCases()), [](const auto& test) {
  const bool is_busy = test.param.base == Mutation::Base::kBusy;
  return test.param.mutation.name + (test.param.kind == QueueKind::kFifo ? "Fifo" : "Standard") +
         (is_busy ? "Busy" : "");
});

}  // namespace
}  // namespace twinq::history
