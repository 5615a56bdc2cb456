#include "tests/models/differential.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "tests/models/shrink.h"
#include "tests/support/seed.h"

namespace twinq::model {
namespace {

constexpr int kRounds = 100;
constexpr size_t kStepsPerRound = 1'000;

class DifferentialTest : public ::testing::TestWithParam<QueueKind> {};

TEST_P(DifferentialTest, EngineAndModelSayTheSame) {
  Coverage coverage(GetParam());
  for (const uint64_t seed : SeedsOfRounds(kRounds)) {
    SCOPED_TRACE(SeedTrace(seed));

    std::optional<Disagreement> found = RunRandomSteps(GetParam(), seed, kStepsPerRound, coverage);

    if (found) {
      FAIL() << ReportOf(Shrink(*std::move(found)), absl::StrCat("found with seed ", seed));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, DifferentialTest,
                         ::testing::Values(QueueKind::kStandard, QueueKind::kFifo),
                         [](const auto& test) {
                           return std::string(test.param == QueueKind::kFifo ? "Fifo" : "Standard");
                         });

}  // namespace
}  // namespace twinq::model
