// Random steps on the engine and the models, for as many seeds as one likes.

#include <cstdint>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"

#include "platform/system_clock.h"
#include "tests/models/coverage.h"
#include "tests/models/differential.h"
#include "tests/models/shrink.h"

namespace twinq::model {
namespace {

// What is to be run.
struct Plan {
  uint64_t first_seed = 1;
  uint64_t seeds = 1;
  uint64_t steps_per_seed = 1'000;
  std::vector<QueueKind> kinds;
};

struct Arguments {
  std::string seeds = "1000";
  uint64_t steps_per_seed = 1'000;
  std::string kind = "both";
};

// "COUNT" or "FIRST+COUNT".
bool ParseSeeds(const std::string& text, Plan& plan) {
  const std::vector<std::string> numbers = absl::StrSplit(text, '+');
  if (numbers.size() > 2 || !absl::SimpleAtoi(numbers.back(), &plan.seeds)) return false;
  return numbers.size() == 1 || absl::SimpleAtoi(numbers.front(), &plan.first_seed);
}

const char* NameOf(QueueKind kind) { return kind == QueueKind::kFifo ? "fifo" : "standard"; }

// Whether engine and model agreed.
bool Run(const Plan& plan, QueueKind kind) {
  const platform::SystemClock clock;
  const absl::Time begin = clock.Now();
  Coverage coverage(kind);
  for (uint64_t i = 0; i < plan.seeds; ++i) {
    const uint64_t seed = plan.first_seed + i;
    std::optional<Disagreement> found = RunRandomSteps(kind, seed, plan.steps_per_seed, coverage);
    if (!found) continue;
    const std::string steps = absl::StrCat(i * plan.steps_per_seed + found->steps.size());
    std::printf("%s: engine and model disagree after %s steps, with seed %s\n\n", NameOf(kind),
                steps.c_str(), absl::StrCat(seed).c_str());
    std::fflush(stdout);  // Shrinking takes its time.
    const std::string title = absl::StrCat("found with seed ", seed);
    std::printf("%s\n", ReportOf(Shrink(*std::move(found)), title).c_str());
    return false;
  }
  const double steps = static_cast<double>(plan.seeds * plan.steps_per_seed);
  std::printf("%s: %.0f steps, seeds %s, %.0f steps/s, no disagreement\n%s\n", NameOf(kind), steps,
              absl::StrCat(plan.first_seed, " to ", plan.first_seed + plan.seeds - 1).c_str(),
              steps / absl::ToDoubleSeconds(clock.Now() - begin), coverage.Table().c_str());
  return true;
}

int Main(int argc, char** argv) {
  CLI::App app("Random steps on the engine and on the models, which must say the same.");
  Arguments arguments;
  app.add_option("--seeds", arguments.seeds, "COUNT, or FIRST+COUNT")->capture_default_str();
  app.add_option("--steps", arguments.steps_per_seed, "Steps per seed")->capture_default_str();
  app.add_option("--kind", arguments.kind, "Of the queue")
      ->check(CLI::IsMember({"standard", "fifo", "both"}))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  Plan plan{.first_seed = 1, .seeds = 1, .steps_per_seed = arguments.steps_per_seed, .kinds = {}};
  if (!ParseSeeds(arguments.seeds, plan)) {
    std::fprintf(stderr, "engine_fuzz: no seeds: %s\n", arguments.seeds.c_str());
    return 2;
  }
  if (arguments.kind != "fifo") plan.kinds.push_back(QueueKind::kStandard);
  if (arguments.kind != "standard") plan.kinds.push_back(QueueKind::kFifo);
  bool agree = true;
  for (const QueueKind kind : plan.kinds) agree = Run(plan, kind) && agree;
  return agree ? 0 : 1;
}

}  // namespace
}  // namespace twinq::model

int main(int argc, char** argv) {
  try {
    return twinq::model::Main(argc, argv);
  } catch (const std::exception& error) {  // CLI11 throws.
    std::fprintf(stderr, "engine_fuzz: %s\n", error.what());
    return 2;
  }
}
