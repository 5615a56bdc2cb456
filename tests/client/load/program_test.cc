#include "client/load/program.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/load/progress_line.h"
#include "core/base/random.h"
#include "platform/read_file.h"
#include "tests/client/load/fake_queue.h"
#include "tests/client/load/ticking_clock.h"
#include "tests/client/scripted_server.h"
#include "tests/client/text_stream.h"

namespace twinq::load {
namespace {

using ::testing::EndsWith;
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
  EXPECT_THAT(outcome.out, HasSubstr("standard        FIFO"));
  EXPECT_THAT(outcome.out, HasSubstr("FIFO kept its promises"));
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
    ::testing::Values(ViolationCase{"Loss", Fault::kLosesAMessage, "FIFO queue: lost, 1 time\n"},
                      ViolationCase{"Duplicate", Fault::kForgetsDedupIds,
                                    "FIFO queue: stored_twice, "},
                      ViolationCase{"Order", Fault::kSwapsMessages, "FIFO queue: out_of_order, "}),
    [](const auto& test) { return test.param.name; });

TEST(LoadProgramTest, RunsOneKindAndWritesItsFigures) {
  FakeQueue queue(Fault::kNone);
  ScriptedServer server(queue.Script());
  const std::string path = ::testing::TempDir() + "load_program_test.json";

  const Outcome outcome =
      Invoke({"run", "--kind=fifo", "--server", server.address(), "--messages=20", "--consumers=1",
              "--lose-ack=0", "--json", path});

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk) << outcome.out << outcome.error;
  EXPECT_THAT(outcome.out, HasSubstr("20 messages, 1 a call"));
  EXPECT_EQ(queue.created(), 1);
  EXPECT_THAT(platform::ReadFile(path, 1 << 16).value(), HasSubstr(R"("kind":"fifo","sent":20,)"));
}

TEST(LoadProgramTest, AFileThatCannotBeWrittenIsAFailure) {
  FakeQueue queue(Fault::kNone);
  ScriptedServer server(queue.Script());

  const Outcome outcome = Invoke({"run", "--server", server.address(), "--messages=5",
                                  "--consumers=1", "--lose-ack=0", "--json=/nowhere/at/all"});

  EXPECT_EQ(outcome.exit_code, ExitCode::kFailed);
  EXPECT_THAT(outcome.error, HasSubstr("/nowhere/at/all"));
}

TEST(LoadProgramTest, ATerminalShowsHowFarARunIs) {
  Progress progress;
  progress.sent = 1234;
  progress.received = 1000;

  EXPECT_EQ(ProgressText("FIFO", absl::Milliseconds(3900), progress),
            "FIFO: 3 s, 1,234 sent, 1,000 received");

  TextStream terminal;
  { const ProgressLine line("FIFO", progress, terminal.file()); }
  EXPECT_THAT(terminal.text(), EndsWith("\r\x1b[K"));
}

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
  EXPECT_THAT(outcome.out, HasSubstr("default: 10s"));
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
    ::testing::Values(std::vector<std::string>{}, std::vector<std::string>{"walk"},
                      std::vector<std::string>{"compare", "--duration", "10"},
                      std::vector<std::string>{"compare", "--duration", "0s"},
                      std::vector<std::string>{"compare", "--visibility", "500ms"},
                      std::vector<std::string>{"compare", "--lose-ack", "1.1"},
                      std::vector<std::string>{"run", "--kind", "sofo"},
                      std::vector<std::string>{"run", "--batch", "11"},
                      std::vector<std::string>{"run", "--rate", "0"},
                      std::vector<std::string>{"sweep"},
                      std::vector<std::string>{"sweep", "--sweep", "batch"},
                      std::vector<std::string>{"sweep", "--sweep", "batch=1,99"},
                      std::vector<std::string>{"sweep", "--sweep", "server=a"},
                      std::vector<std::string>{"compare", "--producers", "0"},
                      std::vector<std::string>{"compare", "--size", "63"},
                      std::vector<std::string>{"compare", "--seed", "x"}));

}  // namespace
}  // namespace twinq::load
