#include "gtest/gtest.h"

#include "core/model/queue_kind.h"
#include "sim/history/judge.h"
#include "tests/sim/history/toy_run.h"
#include "tests/support/seed.h"

namespace twinq::history {
namespace {

class HonestQueueTest : public testing::TestWithParam<QueueKind> {};

TEST_P(HonestQueueTest, IsFoundCleanWhateverBefallsItsClients) {
  Counts all;
  for (const uint64_t seed : SeedsOfRounds(250)) {
    SCOPED_TRACE(SeedTrace(seed));

    const History history = RunToy(RandomWorkload(GetParam(), seed));
    const absl::StatusOr<Judgement> judgement = Judge(history, {.kind = GetParam()});

    ASSERT_TRUE(judgement.ok()) << judgement.status();
    ASSERT_TRUE(judgement->IsClean()) << TextOf(*judgement);
    all.sends_unknown += judgement->counts.sends_unknown;
    all.sends_answered_as_duplicates += judgement->counts.sends_answered_as_duplicates;
    all.stored_again += judgement->counts.stored_again;
    all.recovered += judgement->counts.recovered;
    all.duplicate_deliveries += judgement->counts.duplicate_deliveries;
  }
  // What makes judging hard has happened.
  EXPECT_GT(all.sends_unknown, 0);
  EXPECT_GT(all.stored_again, 0);
  EXPECT_GT(all.recovered, 0);
  EXPECT_GT(all.duplicate_deliveries, 0);
  if (GetParam() == QueueKind::kFifo) {
    EXPECT_GT(all.sends_answered_as_duplicates, 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, HonestQueueTest,
                         testing::Values(QueueKind::kStandard, QueueKind::kFifo),
                         [](const auto& test) {
                           return test.param == QueueKind::kFifo ? "Fifo" : "Standard";
                         });

}  // namespace
}  // namespace twinq::history
