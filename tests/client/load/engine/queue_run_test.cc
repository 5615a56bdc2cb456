#include "client/load/engine/queue_run.h"

#include <string>

#include "gtest/gtest.h"

#include "tests/client/load/fake_queue.h"
#include "tests/client/load/ticking_clock.h"

namespace twinq::load {
namespace {

using client::QueueKind;
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

absl::StatusOr<RunResult> RunOn(FakeQueue& queue, QueueKind kind,
                                const Workload& workload = SmallWorkload()) {
  ScriptedServer server(queue.Script());
  const TickingClock clock;
  const Target target{.server = server.address(), .queue_name = "q", .kind = kind};
  return RunWorkload(workload, target, clock);
}

TEST(QueueRunTest, AQueueThatKeepsItsPromisesIsFoundToDoSo) {
  FakeQueue queue(Fault::kNone);

  const auto result = RunOn(queue, QueueKind::kFifo);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->counts.sent, 20);
  EXPECT_EQ(result->counts,
            (Counts{.sent = result->counts.sent, .delivered = result->counts.sent}));
  EXPECT_GT(result->throughput_per_s, 0);
  EXPECT_GT(result->latency_p50, absl::ZeroDuration());
  EXPECT_GE(result->latency_p99, result->latency_p50);
  EXPECT_EQ(queue.created(), 1);
  EXPECT_EQ(queue.deleted(), 1);
}

TEST(QueueRunTest, AStandardQueueGetsNoDedupIdAndStoresRepeats) {
  FakeQueue queue(Fault::kNone);

  const auto result = RunOn(queue, QueueKind::kStandard);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->counts.stored_twice, 0);
  EXPECT_EQ(result->counts.delivered, result->counts.sent + result->counts.stored_twice);
}

TEST(QueueRunTest, ALostMessageIsMissed) {
  FakeQueue queue(Fault::kLosesAMessage);

  const auto result = RunOn(queue, QueueKind::kFifo);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->counts.lost, 1);
}

TEST(QueueRunTest, AStoredDuplicateIsSeen) {
  FakeQueue queue(Fault::kForgetsDedupIds);

  const auto result = RunOn(queue, QueueKind::kFifo);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->counts.stored_twice, 0);
}

TEST(QueueRunTest, ABrokenOrderIsSeen) {
  FakeQueue queue(Fault::kSwapsMessages);

  const auto result = RunOn(queue, QueueKind::kFifo);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->counts.out_of_order, 0);
}

TEST(QueueRunTest, AMessageThatNobodySentEndsTheRun) {
  FakeQueue queue(Fault::kInventsAMessage);

  const auto result = RunOn(queue, QueueKind::kFifo);

  EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(queue.deleted(), 1);
}

TEST(QueueRunTest, ARefusedCallEndsTheRun) {
  FakeQueue queue(Fault::kRefusesReceives);

  const auto result = RunOn(queue, QueueKind::kFifo);

  EXPECT_EQ(result.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(queue.deleted(), 1);
}

TEST(QueueRunTest, AnAckThatComesTooLateIsALostAck) {
  FakeQueue queue(Fault::kExpiresHandles);

  const auto result = RunOn(queue, QueueKind::kFifo);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->counts.delivered, result->counts.sent);
}

TEST(QueueRunTest, ABacklogOfOneStillPassesMessages) {
  FakeQueue queue(Fault::kNone);
  Workload workload = SmallWorkload();
  workload.backlog_max = 1;

  const auto result = RunOn(queue, QueueKind::kFifo, workload);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->counts.sent, 1);
  EXPECT_EQ(result->counts.lost, 0);
}

}  // namespace
}  // namespace twinq::load
