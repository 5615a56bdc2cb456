#include "client/load/engine/load_run.h"

#include <string>

#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

#include "core/base/status_macros.h"
#include "platform/read_file.h"
#include "sim/history/history_parser.h"
#include "tests/client/load/fake_queue.h"
#include "tests/client/load/ticking_clock.h"

namespace twinq::load {
namespace {

using client::QueueKind;
using history::Verdict;
using Fault = FakeQueue::Fault;

// Enough repeats to be seen; the fake gives nothing out twice, so no ack is lost.
Workload SmallWorkload() {
  return {.duration = absl::Seconds(1),
          .producers = 2,
          .consumers = 1,
          .groups = 3,
          .body_bytes = 100,
          .backlog_max = 50,
          .lose_ack = 0,
          .retry_send = 0.2,
          .seed = 42};
}

struct Options {
  std::string history_path = {};
  uint32_t chapter_messages = 1'000'000;
};

absl::StatusOr<RunResult> RunOn(FakeQueue& queue, QueueKind kind,
                                const Workload& workload = SmallWorkload(),
                                const Options& options = {}) {
  ScriptedServer server(queue.Script());
  const TickingClock clock;
  Progress progress;
  const Target target{.server = server.address(), .queue_name = "q", .kind = kind};
  return RunWorkload(workload, target,
                     {.clock = clock,
                      .progress = progress,
                      .history_path = options.history_path,
                      .chapter_messages = options.chapter_messages});
}

absl::StatusOr<history::History> ReadHistory(absl::string_view text) {
  history::HistoryParser parser;
  for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    TWINQ_RETURN_IF_ERROR(parser.AddLine(line));
  }
  return parser.Finish();
}

int64_t CountOf(const RunResult& result, Verdict verdict) {
  return result.judged.violations.at(static_cast<size_t>(verdict));
}

TEST(LoadRunTest, AQueueThatKeepsItsPromisesIsFoundToDoSo) {
  FakeQueue queue(Fault::kNone);

  const auto result = RunOn(queue, QueueKind::kFifo);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->judged.IsClean());
  EXPECT_GT(result->sent, 20);
  EXPECT_EQ(result->judged.delivered, result->sent);
  EXPECT_EQ(result->judged.deleted, result->sent);
  EXPECT_EQ(result->judged.duplicates(), 0);
  EXPECT_EQ(result->measurements.send.count(), result->sent);
  EXPECT_EQ(result->measurements.end_to_end.count(), result->sent);
  EXPECT_GT(result->throughput_per_s, 0);
  EXPECT_TRUE(result->is_drained);
  EXPECT_EQ(result->server, std::nullopt);
  EXPECT_EQ(queue.created(), 1);
  EXPECT_EQ(queue.deleted(), 1);
}

TEST(LoadRunTest, AStandardQueueGetsNoDedupIdAndStoresRepeats) {
  FakeQueue queue(Fault::kNone);

  const auto result = RunOn(queue, QueueKind::kStandard);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->judged.further_copies, 0);
  EXPECT_EQ(result->judged.delivered, result->sent + result->judged.further_copies);
  EXPECT_EQ(result->judged.duplicates(), result->judged.further_copies);
}

struct FaultCase {
  const char* name;
  Fault fault;
  Verdict verdict;
};

class BrokenQueueTest : public ::testing::TestWithParam<FaultCase> {};

TEST_P(BrokenQueueTest, IsFoundOut) {
  FakeQueue queue(GetParam().fault);

  const auto result = RunOn(queue, QueueKind::kFifo);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(CountOf(*result, GetParam().verdict), 0);
  EXPECT_FALSE(result->judged.IsClean());
  EXPECT_FALSE(result->judged.findings.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BrokenQueueTest,
    ::testing::Values(FaultCase{"Loss", Fault::kLosesAMessage, Verdict::kLost},
                      FaultCase{"StoredTwice", Fault::kForgetsDedupIds, Verdict::kStoredTwice},
                      FaultCase{"Disorder", Fault::kSwapsMessages, Verdict::kOutOfOrder},
                      FaultCase{"Invention", Fault::kInventsAMessage, Verdict::kUnexpected},
                      FaultCase{"NeverAgain", Fault::kExpiresHandles, Verdict::kVanished}),
    [](const auto& test) { return test.param.name; });

TEST(LoadRunTest, ARefusedCallEndsTheRun) {
  FakeQueue queue(Fault::kRefusesReceives);

  const auto result = RunOn(queue, QueueKind::kFifo);

  EXPECT_EQ(result.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(queue.deleted(), 1);
}

TEST(LoadRunTest, AnAckThatComesTooLateDoesNotEndTheRun) {
  FakeQueue queue(Fault::kExpiresHandles);

  const auto result = RunOn(queue, QueueKind::kFifo);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->judged.delivered, result->sent);
  EXPECT_EQ(result->judged.deleted, 0);
}

TEST(LoadRunTest, ABacklogOfOneStillPassesMessages) {
  FakeQueue queue(Fault::kNone);
  Workload workload = SmallWorkload();
  workload.backlog_max = 1;

  const auto result = RunOn(queue, QueueKind::kFifo, workload);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->sent, 1);
  EXPECT_EQ(result->judged.lost(), 0);
}

TEST(LoadRunTest, ANumberOfMessagesEndsTheRun) {
  FakeQueue queue(Fault::kNone);
  Workload workload = SmallWorkload();
  workload.duration = absl::InfiniteDuration();
  workload.messages_max = 25;

  const auto result = RunOn(queue, QueueKind::kFifo, workload);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->sent, 25);
  EXPECT_EQ(result->judged.received, 25);
}

TEST(LoadRunTest, ProducersDoNotWaitForEverForTheRoomOfLostMessages) {
  FakeQueue queue(Fault::kLosesAMessage);
  Workload workload = SmallWorkload();
  workload.duration = absl::InfiniteDuration();
  workload.messages_max = 25;
  workload.backlog_max = 1;

  const auto result = RunOn(queue, QueueKind::kFifo, workload);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->sent, 10);
  EXPECT_EQ(CountOf(*result, Verdict::kLost), 1);
}

TEST(LoadRunTest, LatencyInAnOpenLoopIsFromTheDueTime) {
  FakeQueue queue(Fault::kNone);
  Workload workload = SmallWorkload();
  workload.rate_per_s = 1'000'000;  // All are due at the beginning, as near as makes no difference.
  workload.messages_max = 100;

  const auto result = RunOn(queue, QueueKind::kFifo, workload);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->sent, 100);
  // The clock ticks at each look, so the last message has waited for all looks before it.
  EXPECT_GT(result->measurements.send.Percentile(1), absl::Milliseconds(200));
  EXPECT_LT(result->measurements.send.Percentile(0.01), absl::Milliseconds(100));
}

TEST(LoadRunTest, AConsumerThatCrashesIsReplaced) {
  FakeQueue queue(Fault::kNone);
  Workload workload = SmallWorkload();
  workload.messages_max = 200;
  workload.crash = 0.1;

  const auto result = RunOn(queue, QueueKind::kFifo, workload);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->judged.received, result->sent);
  EXPECT_LT(result->judged.deleted, result->sent);  // What crashed consumers held.
}

TEST(LoadRunTest, AMessageHasTheSameGroupAndRepeatWhateverTheKind) {
  FakeQueue standard(Fault::kNone);
  FakeQueue fifo(Fault::kForgetsDedupIds);
  Workload workload = SmallWorkload();
  workload.duration = absl::InfiniteDuration();
  workload.messages_max = 300;

  const auto one = RunOn(standard, QueueKind::kStandard, workload);
  const auto other = RunOn(fifo, QueueKind::kFifo, workload);

  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_GT(one->judged.stored_again, 0);
  EXPECT_EQ(one->judged.stored_again, other->judged.stored_again);
}

TEST(LoadRunTest, ChaptersAreJudgedOneByOneAndAddedUp) {
  FakeQueue queue(Fault::kNone);
  Workload workload = SmallWorkload();
  workload.duration = absl::InfiniteDuration();
  workload.messages_max = 25;

  const auto result = RunOn(queue, QueueKind::kFifo, workload, {.chapter_messages = 10});

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->chapters, 3);
  EXPECT_EQ(result->sent, 25);
  EXPECT_EQ(result->judged.delivered, 25);
  EXPECT_TRUE(result->judged.IsClean());
}

TEST(LoadRunTest, TheHistoryIsWrittenAndTheJudgeCanReadIt) {
  FakeQueue queue(Fault::kNone);
  Workload workload = SmallWorkload();
  workload.messages_max = 15;
  workload.duration = absl::InfiniteDuration();
  const std::string path = ::testing::TempDir() + "load_run_test_history";

  const auto result =
      RunOn(queue, QueueKind::kFifo, workload, {.history_path = path, .chapter_messages = 10});

  ASSERT_TRUE(result.ok()) << result.status();
  size_t deliveries = 0;
  for (const std::string& file : {path, path + ".2"}) {
    const auto text = platform::ReadFile(file, 1 << 20);
    ASSERT_TRUE(text.ok()) << text.status();
    const auto history = ReadHistory(*text);
    ASSERT_TRUE(history.ok()) << history.status();
    deliveries += history->deliveries.size();
  }
  EXPECT_EQ(deliveries, 15u);
}

TEST(LoadRunTest, AHistoryThatCannotBeWrittenEndsTheRun) {
  FakeQueue queue(Fault::kNone);
  Workload workload = SmallWorkload();
  workload.messages_max = 5;

  const auto result = RunOn(queue, QueueKind::kFifo, workload, {.history_path = "/nowhere/at/all"});

  EXPECT_EQ(result.status().code(), absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace twinq::load
