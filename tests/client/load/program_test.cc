#include "client/load/program.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/client/load/fake_queue.h"
#include "tests/client/load/ticking_clock.h"
#include "tests/client/scripted_server.h"
#include "tests/client/text_stream.h"

namespace twinq::load {
namespace {

using ::testing::HasSubstr;
using Fault = FakeQueue::Fault;

struct Outcome {
  ExitCode exit_code;
  std::string out;
  std::string error;
};

Outcome Invoke(const std::vector<std::string>& arguments) {
  const TickingClock clock;
  SeededRandom entropy(1);
  TextStream out;
  TextStream error;
  const ExitCode exit_code = RunProgram(
      arguments, {.clock = clock, .entropy = entropy, .out = out.file(), .error = error.file()});
  return {exit_code, out.text(), error.text()};
}

Outcome Compare(const ScriptedServer& server) {
  return Invoke({"compare", "--server", server.address(), "--duration=1s", "--consumers=1",
                 "--groups=2", "--lose-ack=0", "--retry-send=0.2", "--backlog-max=50", "--seed=9"});
}

TEST(LoadProgramTest, ComparesBothKindsAndCleansUp) {
  FakeQueue queue(Fault::kNone);
  ScriptedServer server(queue.Script());

  const Outcome outcome = Compare(server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk) << outcome.out << outcome.error;
  EXPECT_THAT(outcome.out, HasSubstr("seed 9"));
  EXPECT_THAT(outcome.out, HasSubstr("standard       FIFO"));
  EXPECT_THAT(outcome.out, HasSubstr("Both kept their promises"));
  EXPECT_EQ(queue.created(), 2);
  EXPECT_EQ(queue.deleted(), 2);
}

struct ViolationCase {
  const char* name;
  Fault fault;
  const char* verdict;
};

class ViolationTest : public ::testing::TestWithParam<ViolationCase> {};

TEST_P(ViolationTest, IsSaidAndHasAnExitCode) {
  FakeQueue queue(GetParam().fault);
  ScriptedServer server(queue.Script());

  const Outcome outcome = Compare(server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kViolation);
  EXPECT_THAT(outcome.out, HasSubstr("VIOLATION: "));
  EXPECT_THAT(outcome.out, HasSubstr(GetParam().verdict));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, ViolationTest,
    ::testing::Values(
        ViolationCase{"Loss", Fault::kLosesAMessage, "messages lost by the FIFO queue"},
        ViolationCase{"Duplicate", Fault::kForgetsDedupIds, "duplicates stored by the FIFO queue"},
        ViolationCase{"Order", Fault::kSwapsMessages, "messages out of order from the FIFO queue"}),
    [](const auto& test) { return test.param.name; });

TEST(LoadProgramTest, ARefusalIsPrinted) {
  FakeQueue queue(Fault::kRefusesReceives);
  ScriptedServer server(queue.Script());

  const Outcome outcome = Compare(server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kFailed);
  EXPECT_EQ(outcome.error, "twinq-load: RESOURCE_EXHAUSTED: full\n");
}

TEST(LoadProgramTest, NoServerSaysHowToStartOne) {
  std::string address;
  {
    ScriptedServer server({});
    address = server.address();
  }

  const Outcome outcome = Invoke({"compare", "--server", address});

  EXPECT_EQ(outcome.exit_code, ExitCode::kFailed);
  EXPECT_THAT(outcome.error, HasSubstr("no server at " + address + ": start one with `twinqd`"));
}

TEST(LoadProgramTest, HelpShowsDefaults) {
  const Outcome outcome = Invoke({"compare", "--help"});

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk);
  EXPECT_THAT(outcome.out, HasSubstr("=127.0.0.1:9323"));
  EXPECT_THAT(outcome.out, HasSubstr("=10s"));
}

class LoadUsageTest : public ::testing::TestWithParam<std::vector<std::string>> {};

TEST_P(LoadUsageTest, AWrongCommandLineAsksNoServer) {
  const Outcome outcome = Invoke(GetParam());

  EXPECT_EQ(outcome.exit_code, ExitCode::kUsage);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.error, HasSubstr("--help"));
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, LoadUsageTest,
    ::testing::Values(std::vector<std::string>{}, std::vector<std::string>{"run"},
                      std::vector<std::string>{"compare", "--duration", "10"},
                      std::vector<std::string>{"compare", "--duration", "0s"},
                      std::vector<std::string>{"compare", "--visibility", "500ms"},
                      std::vector<std::string>{"compare", "--lose-ack", "1.1"},
                      std::vector<std::string>{"compare", "--producers", "0"},
                      std::vector<std::string>{"compare", "--size", "63"},
                      std::vector<std::string>{"compare", "--seed", "x"}));

}  // namespace
}  // namespace twinq::load
