#include "tests/soak/soak_run.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "core/base/status_macros.h"
#include "core/base/timestamp.h"
#include "core/model/limits.h"
#include "platform/thread.h"
#include "tests/crash/queue_calls.h"
#include "tests/crash/report.h"
#include "tests/crash/service_client.h"

namespace twinq::soak {
namespace {

using crash::QueueClients;
using crash::QueuePlan;
using history::Outcome;

constexpr char kProbeQueue[] = "probe";
constexpr char kFirstQueue[] = "jobs";
constexpr int64_t kMebibyte = int64_t{1} << 20;
// What the server may take; the greedy clients together ask for less of the second than there is.
constexpr int64_t kMemoryMaxMebibytes = 256;
constexpr int64_t kTransitMaxMebibytes = 192;
constexpr absl::Duration kReadyMax = absl::Minutes(1);
constexpr absl::Duration kEndMax = absl::Seconds(5);
constexpr absl::Duration kDrainMax = absl::Minutes(2);
constexpr absl::Duration kLookPause = absl::Milliseconds(50);
constexpr absl::Duration kMemoryOfStartMax = absl::Seconds(20);
// The server gives memory back within two seconds after the last of many calls, and three later.
constexpr absl::Duration kGiveBackMax = absl::Seconds(6);
// Once in each such time of the hostile phase the disk is slow for a while, and once the clock is
// set back.
constexpr absl::Duration kDisturbEvery = absl::Seconds(10);
constexpr absl::Duration kSlowSync = absl::Milliseconds(1'500);
constexpr absl::Duration kSlowDisk = absl::Milliseconds(700);
// A queue's time stands still until the clock is where it was, so nothing is due too early.
constexpr absl::Duration kClockBack = absl::Milliseconds(-800);
// More answers that never arrive than usual, for those are clients that go away.
constexpr double kLoseAnswer = 0.03;
// What gRPC has of a call under way, which no account counts, and what the allocator has for it:
// the most that was seen, for those on one connection. As many more are on others and cancelled
// already.
constexpr int64_t kCallBytes = int64_t{64} << 10;
constexpr int64_t kResidentBytesMore = 32 * kMebibyte;
constexpr int64_t kResidentPercent = 110;

crash::ServerCommand CommandFor(const Options& options, const std::string& dir,
                                const HostFaults& faults) {
  return {.program = options.server_program,
          .arguments = {"--grpc=127.0.0.1:0", "--metrics=127.0.0.1:0",
                        absl::StrCat("--data-dir=", dir, "/data"),
                        absl::StrCat("--memory-max=", kMemoryMaxMebibytes, "MiB"),
                        absl::StrCat("--transit-max=", kTransitMaxMebibytes, "MiB"),
                        "--journal-slack=1MiB"},
          .log_path = absl::StrCat(dir, "/twinqd.log"),
          .environment = faults.environment()};
}

std::vector<QueuePlan> PlansOfClients() {
  std::vector<QueuePlan> plans = crash::LastingQueues();
  for (QueuePlan& plan : plans) plan.lose_answer = kLoseAnswer;
  return plans;
}

}  // namespace

SoakRun::SoakRun(const Options& options, const std::string& dir, const Clock& clock)
    : options_(options),
      schedule_(ScheduleOf(options.length)),
      dir_(dir),
      clock_(clock),
      random_(options.seed),
      faults_(dir, options.library_dir),
      surroundings_{clock, location_, progress_, complaints_} {}

SoakRun::~SoakRun() {
  location_.GiveUp();
  queues_.clear();
}

absl::Status SoakRun::Run() {
  TWINQ_RETURN_IF_ERROR(Start());
  TWINQ_RETURN_IF_ERROR(MakeQueues());
  TWINQ_ASSIGN_OR_RETURN(start_, ReadFigures(addresses_.metrics));
  absl::PrintF("at the start %d MiB are resident; accounted: %s\n", start_.resident / kMebibyte,
               TextOf(start_.accounts));
  std::fflush(stdout);
  for (int cycle = 1; cycle <= schedule_.cycles; ++cycle) TWINQ_RETURN_IF_ERROR(RunCycle(cycle));
  return End();
}

absl::Status SoakRun::Start() {
  TWINQ_RETURN_IF_ERROR(faults_.Prepare());
  TWINQ_ASSIGN_OR_RETURN(server_, crash::ServerProcess::Start(CommandFor(options_, dir_, faults_)));
  TWINQ_ASSIGN_OR_RETURN(addresses_, server_->AwaitReady(kReadyMax));
  started_at_ = Timestamp::FromTime(clock_.Now());
  location_.Started(addresses_.grpc);
  return absl::OkStatus();
}

absl::Status SoakRun::MakeQueues() {
  crash::ServiceClient service(location_, clock_);
  std::vector<QueuePlan> plans = PlansOfClients();
  for (const char* name : {kProbeQueue, kPolledQueue, kLargeQueue, kForgedQueue}) {
    plans.push_back({.name = name});
  }
  for (const QueuePlan& plan : plans) {
    const auto answer = crash::CreateQueue(service, plan);
    if (answer.outcome != Outcome::kDone) {
      return absl::InternalError(absl::StrCat("no queue ", plan.name, ": ", answer.text));
    }
  }
  v1::SendMessageRequest large;
  large.set_queue_url(kLargeQueue);
  large.set_message_body(std::string(kMessageBytesMax, 'x'));
  for (int i = 0; i < kLargeMessages; ++i) {
    const auto answer = service.Call(large, crash::kPatience);
    if (answer.outcome != Outcome::kDone) return absl::InternalError(answer.text);
  }
  return absl::OkStatus();
}

absl::Status SoakRun::RunCycle(int cycle) {
  for (const QueuePlan& plan : PlansOfClients()) {
    queues_.push_back(std::make_unique<QueueClients>(plan, surroundings_, random_));
  }
  StopSign probe_stop;
  Probe probe(kProbeQueue, surroundings_, faults_);
  platform::Thread probe_thread("probe", [&] { probe.Run(probe_stop); });
  HostileCrowd crowd({.server = addresses_, .polls = schedule_.polls, .other_queue = kFirstQueue},
                     random_, clock_);
  absl::Status done = Disturb();
  crowd.Stop();
  report_.Add(crowd);
  if (done.ok()) done = Drain();
  if (!done.ok()) location_.GiveUp();
  probe_stop.Raise();
  probe_thread.Join();
  report_.Add(probe);
  JudgeCycle();
  TWINQ_RETURN_IF_ERROR(done);

  crash::ServiceClient service(location_, clock_);
  const auto purged = crash::PurgeQueue(service, kForgedQueue);
  if (purged.outcome != Outcome::kDone) complaints_.Add(absl::StrCat("no purge: ", purged.text));
  faults_.MoveClock(kDedupWindow + absl::Minutes(1));
  report_.AddClockSetting();
  return AwaitMemoryOfStart(cycle);
}

absl::Status SoakRun::Disturb() {
  const absl::Time end = clock_.Now() + schedule_.hostile;
  const absl::Duration step = std::min(kDisturbEvery, schedule_.hostile) / 2;
  while (clock_.Now() < end) {
    location_.Pause(std::min(step, end - clock_.Now()) - kSlowDisk);
    TWINQ_RETURN_IF_ERROR(CheckAlive());
    faults_.SlowDisk(kSlowSync);
    report_.AddSlowDisk();
    location_.Pause(kSlowDisk);
    faults_.RelieveDisk();
    location_.Pause(std::min(step, end - clock_.Now()));
    faults_.MoveClock(kClockBack);
    report_.AddClockSetting();
  }
  return CheckAlive();
}

absl::Status SoakRun::Drain() {
  const absl::Time deadline = clock_.Now() + kDrainMax;
  for (const auto& queue : queues_) queue->BeginDrain();
  for (const auto& queue : queues_) TWINQ_RETURN_IF_ERROR(AwaitDrained(*queue, deadline));
  return absl::OkStatus();
}

absl::Status SoakRun::AwaitDrained(const QueueClients& queue, absl::Time deadline) {
  while (!queue.IsDrained()) {
    TWINQ_RETURN_IF_ERROR(CheckAlive());
    if (clock_.Now() > deadline) {
      return absl::DeadlineExceededError(
          absl::StrCat("queue ", queue.queue_name(), " does not run empty"));
    }
    location_.Pause(kLookPause);
  }
  return absl::OkStatus();
}

void SoakRun::JudgeCycle() {
  const bool is_drained = !location_.is_given_up();
  std::vector<crash::QueueHistory> histories;
  for (const auto& queue : queues_) {
    queue->Stop();
    history::History& history = histories.emplace_back(queue->TakeHistory()).history;
    history.incidents = {{.at = started_at_, .kind = history::Incident::Kind::kServerStarted}};
    history.end.at = Timestamp::FromTime(clock_.Now());
    if (is_drained) history.end.remaining = 0;
  }
  queues_.clear();
  report_.Add(crash::JudgeAll(histories, dir_, crash::Keep::kBroken));
}

absl::Status SoakRun::AwaitMemoryOfStart(int cycle) {
  const absl::Time began_at = clock_.Now();
  ServerFigures figures;
  for (;;) {
    TWINQ_RETURN_IF_ERROR(CheckAlive());
    TWINQ_ASSIGN_OR_RETURN(figures, ReadFigures(addresses_.metrics));
    if (figures.accounts == start_.accounts) break;
    if (clock_.Now() - began_at > kMemoryOfStartMax) {
      complaints_.Add(absl::StrCat("after cycle ", cycle, ", all drained, memory is accounted as ",
                                   TextOf(figures.accounts), "; at the start it was ",
                                   TextOf(start_.accounts)));
      break;
    }
    location_.Pause(kLookPause);
  }
  location_.Pause(kGiveBackMax);
  TWINQ_ASSIGN_OR_RETURN(figures, ReadFigures(addresses_.metrics));
  CompareResident(cycle, figures);
  return absl::OkStatus();
}

void SoakRun::CompareResident(int cycle, const ServerFigures& figures) {
  const SoakReport::Memory memory = {.resident = figures.resident,
                                     .peak = PeakResidentBytes(server_->pid())};
  report_.AddCycle(memory);
  absl::PrintF("cycle %3d: %8d operations acknowledged so far; %d MiB resident, %d MiB at most\n",
               cycle, progress_.operations, memory.resident / kMebibyte, memory.peak / kMebibyte);
  std::fflush(stdout);
  const int64_t allowed =
      report_.cycles().front().resident * kResidentPercent / 100 + kResidentBytesMore;
  if (memory.resident > allowed) {
    complaints_.Add(absl::StrCat("after cycle ", cycle, " ", memory.resident / kMebibyte,
                                 " MiB are resident; ", allowed / kMebibyte, " MiB may be"));
  }
  const int64_t most =
      (kMemoryMaxMebibytes + kTransitMaxMebibytes) * kMebibyte + schedule_.polls * kCallBytes;
  if (memory.peak > most) {
    complaints_.Add(absl::StrCat("in cycle ", cycle, " or before ", memory.peak / kMebibyte,
                                 " MiB were resident; ", most / kMebibyte, " MiB may be"));
  }
}

absl::Status SoakRun::CheckAlive() const {
  if (server_->HasEnded()) return absl::AbortedError("the server has ended by itself");
  return absl::OkStatus();
}

absl::Status SoakRun::End() {
  location_.GiveUp();
  TWINQ_ASSIGN_OR_RETURN(const int code, server_->Terminate(kEndMax));
  if (code == 0) return absl::OkStatus();
  return absl::AbortedError(absl::StrCat("the server has ended with ", code, " after SIGTERM"));
}

}  // namespace twinq::soak
