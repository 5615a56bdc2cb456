#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"

#include "core/base/check.h"
#include "tests/models/differential.h"
#include "tests/models/script_run.h"
#include "tests/models/step_script.h"
#include "tests/models/stepped_broker.h"

namespace twinq::model {
namespace {

using Row = StepScript;

constexpr uint64_t kVariedSeeds = 12;

struct RowsOfFile {
  std::string file;  // Its name alone.
  absl::StatusOr<std::vector<Row>> rows;
};

std::vector<RowsOfFile> ReadFolder(const std::string& folder) {
  std::vector<RowsOfFile> files;
  std::error_code no_folder;  // Then it is as if it were empty.
  for (const auto& entry : std::filesystem::directory_iterator(folder, no_folder)) {
    if (entry.path().extension() != ".script") continue;
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    files.push_back({entry.path().stem(), ParseScripts(text, entry.path().string())});
  }
  std::sort(files.begin(), files.end(),
            [](const RowsOfFile& left, const RowsOfFile& right) { return left.file < right.file; });
  return files;
}

// What was recorded, and what was once found to go wrong.
const std::vector<RowsOfFile>& Recorded() {
  static const std::vector<RowsOfFile> files =
      ReadFolder(absl::StrCat(TWINQ_SCENARIOS, "/recorded"));
  return files;
}
const std::vector<RowsOfFile>& Found() {
  static const std::vector<RowsOfFile> files = ReadFolder(absl::StrCat(TWINQ_SCENARIOS, "/found"));
  return files;
}

// What takes the steps of a row, and what it says of itself afterwards.
struct Executor {
  std::vector<std::string> (*run)(const Row& row, absl::Duration tick);
};

std::vector<std::string> RunOnModel(const Row& row, absl::Duration tick) {
  return RunScript(row, tick, *NewModel(row.kind, row.setup, nullptr));
}

std::vector<std::string> RunOnEngine(const Row& row, absl::Duration tick,
                                     const SteppedBroker::Options& options) {
  SteppedBroker engine(row.kind, row.setup, options);
  std::vector<std::string> failures = RunScript(row, tick, engine);
  if (!engine.fault().empty()) failures.push_back(engine.fault());
  return failures;
}

std::vector<std::string> RunOnPlainEngine(const Row& row, absl::Duration tick) {
  return RunOnEngine(row, tick, SteppedBroker::Options());
}

// Rebuilt from its records after each step, or only driven in other ways.
std::vector<std::string> RunOnVariedEngine(const Row& row, absl::Duration tick) {
  std::vector<std::string> failures;
  for (const uint64_t rebuild_every : {uint64_t{1}, uint64_t{1'000'000}}) {
    for (uint64_t seed = 1; seed <= kVariedSeeds && failures.empty(); ++seed) {
      failures = RunOnEngine(
          row, tick,
          {.habit = SteppedBroker::Habit::kVaried, .seed = seed, .rebuild_every = rebuild_every});
    }
  }
  return failures;
}

// "F1, the first released" -> "F1_the_first_released".
std::string TestName(const std::string& title) {
  std::string name;
  for (const char character : title) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(character))) {
      name += character;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  return name;
}

struct RowCase {
  std::string name;
  Row row;
  absl::Duration tick;
};

// Every row, with time standing still between its lines and, unless it forbids that, passing.
std::vector<RowCase> AllRows() {
  std::vector<RowCase> cases;
  for (const auto* files : {&Recorded(), &Found()}) {
    for (const RowsOfFile& file : *files) {
      if (!file.rows.ok()) continue;
      for (const Row& row : *file.rows) {
        const std::string name = absl::StrCat(TestName(file.file), "_", TestName(row.title));
        cases.push_back({absl::StrCat(name, "_TimeStandsStill"), row, absl::ZeroDuration()});
        if (row.time == Row::Time::kStandsStill) continue;
        cases.push_back({absl::StrCat(name, "_TimePasses"), row, absl::Nanoseconds(1)});
      }
    }
  }
  return cases;
}

class RowTest : public ::testing::TestWithParam<std::tuple<Executor, RowCase>> {};

TEST_P(RowTest, ComesOutAsItSays) {
  const auto& [executor, row_case] = GetParam();

  const std::vector<std::string> failures = executor.run(row_case.row, row_case.tick);

  EXPECT_TRUE(failures.empty()) << row_case.row.title << "\n" << absl::StrJoin(failures, "\n");
}

std::string RowName(const ::testing::TestParamInfo<std::tuple<Executor, RowCase>>& test) {
  return std::get<RowCase>(test.param).name;
}

INSTANTIATE_TEST_SUITE_P(Model, RowTest,
                         ::testing::Combine(::testing::Values(Executor{RunOnModel}),
                                            ::testing::ValuesIn(AllRows())),
                         RowName);
INSTANTIATE_TEST_SUITE_P(Engine, RowTest,
                         ::testing::Combine(::testing::Values(Executor{RunOnPlainEngine}),
                                            ::testing::ValuesIn(AllRows())),
                         RowName);
INSTANTIATE_TEST_SUITE_P(VariedEngine, RowTest,
                         ::testing::Combine(::testing::Values(Executor{RunOnVariedEngine}),
                                            ::testing::ValuesIn(AllRows())),
                         RowName);

TEST(ScenarioFilesTest, CanAllBeRead) {
  for (const auto* files : {&Recorded(), &Found()}) {
    for (const RowsOfFile& file : *files) EXPECT_TRUE(file.rows.ok()) << file.rows.status();
  }
}

TEST(ScenarioFilesTest, AreThere) { EXPECT_FALSE(Recorded().empty()); }

}  // namespace
}  // namespace twinq::model
