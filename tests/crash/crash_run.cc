#include "tests/crash/crash_run.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

#include "core/base/status_macros.h"
#include "tests/crash/journal_check.h"
#include "tests/crash/queue_calls.h"
#include "tests/crash/service_client.h"

namespace twinq::crash {
namespace {

// A round that has not got its work done by then never will.
constexpr absl::Duration kRoundMax = absl::Minutes(2);
constexpr absl::Duration kDrainMax = absl::Minutes(2);
constexpr absl::Duration kLookPause = absl::Milliseconds(10);
// The kill comes at a random moment of this span after the round's work is done.
constexpr absl::Duration kKillSpread = absl::Milliseconds(300);
// Under load the last commit is hardly ever answered when the kill comes, so recovery could lose it
// unseen.
constexpr int kLullEvery = 3;
constexpr absl::Duration kLull = absl::Milliseconds(100);
// One round in four is followed by a kill in recovery or more, so at least one kill in five is one.
constexpr int kRecoveryKillEvery = 4;
constexpr uint64_t kRecoveryKillsMax = 3;
constexpr int kRecoveryKillTries = 20;
// Duplicates and repeated deletes append nothing.
constexpr int64_t kAppendingPercentMin = 80;

ServerCommand CommandFor(const Options& options, const std::string& dir) {
  return {.program = options.server_program,
          .arguments = {"--grpc=127.0.0.1:0", absl::StrCat("--data-dir=", dir, "/data"),
                        absl::StrCat("--durability=", options.durability),
                        absl::StrCat("--journal-slack=", options.journal_slack_kib, "KiB")},
          .log_path = absl::StrCat(dir, "/twinqd.log")};
}

ServerCommand CheckCommandFor(const Options& options, const std::string& dir) {
  return {.program = options.server_program,
          .arguments = {"check", absl::StrCat(dir, "/data")},
          .log_path = absl::StrCat(dir, "/twinqd.log")};
}

std::string InMilliseconds(absl::Duration span) {
  return absl::StrFormat("%.1f ms", absl::ToDoubleMilliseconds(span));
}

}  // namespace

CrashRun::CrashRun(const Options& options, const std::string& dir, const Clock& clock)
    : options_(options),
      clock_(clock),
      random_(options.seed),
      surroundings_{clock, location_, progress_, complaints_},
      check_command_(CheckCommandFor(options, dir)),
      server_(CommandFor(options, dir), clock),
      temporary_queues_(surroundings_, catalogue_, random_.Next()) {}

CrashRun::~CrashRun() {
  location_.GiveUp();
  StopClients();
}

absl::Status CrashRun::Run() {
  absl::Status done = RunRounds();
  if (!done.ok()) location_.GiveUp();
  StopClients();
  return done;
}

absl::Status CrashRun::RunRounds() {
  TWINQ_RETURN_IF_ERROR(Restart());
  TWINQ_RETURN_IF_ERROR(StartLastingQueues());
  temporary_thread_ = platform::Thread("temporary", [this] { temporary_queues_.Run(); });
  for (int round = 1; round <= options_.rounds; ++round) TWINQ_RETURN_IF_ERROR(RunRound(round));
  return Drain();
}

absl::Status CrashRun::StartLastingQueues() {
  ServiceClient service(location_, clock_);
  for (const QueuePlan& plan : LastingQueues()) {
    const auto answer = CreateQueue(service, plan);
    if (answer.outcome != history::Outcome::kDone) {
      return absl::InternalError(absl::StrCat(
          "queue ", plan.name, " could not be made: ", answer.error, " ", answer.text));
    }
    catalogue_.Made(plan.name);
    queues_.push_back(std::make_unique<QueueClients>(plan, surroundings_, random_));
  }
  return absl::OkStatus();
}

void CrashRun::StopClients() {
  temporary_queues_.Stop();
  temporary_thread_.Join();
  for (const auto& queue : queues_) queue->Stop();
}

absl::Status CrashRun::RunRound(int round) {
  const int64_t operations_before = progress_.operations;
  const absl::Time began_at = clock_.Now();
  TWINQ_RETURN_IF_ERROR(AwaitWork());
  LullPerhaps(round);
  const absl::Duration killed_after = clock_.Now() - began_at;
  const int64_t operations = progress_.operations - operations_before;
  server_.Kill();
  location_.Gone();
  TWINQ_RETURN_IF_ERROR(NoteKillUnderLoad(operations));
  TWINQ_ASSIGN_OR_RETURN(const std::vector<absl::Duration> again, KillInRecovery(round));
  TWINQ_RETURN_IF_ERROR(Restart());
  std::string text = absl::StrFormat("round %3d: %6d operations acknowledged, killed after %.3f s",
                                     round, operations, absl::ToDoubleSeconds(killed_after));
  if (!again.empty()) {
    absl::StrAppend(&text, ", in recovery after ",
                    absl::StrJoin(again, ", ", [](std::string* out, absl::Duration span) {
                      out->append(InMilliseconds(span));
                    }));
  }
  absl::PrintF("%s, recovered in %s\n", text, InMilliseconds(server_.recovery_time()));
  std::fflush(stdout);
  return absl::OkStatus();
}

absl::Status CrashRun::AwaitWork() {
  const int64_t enough = progress_.operations + options_.operations_min;
  const absl::Time began_at = clock_.Now();
  while (progress_.operations < enough || clock_.Now() - began_at < options_.round_min) {
    if (clock_.Now() - began_at > std::max(kRoundMax, options_.round_min * 2)) {
      return absl::DeadlineExceededError(absl::StrCat(
          "the server stopped answering: ", progress_.operations - enough + options_.operations_min,
          " operations acknowledged"));
    }
    location_.Pause(kLookPause);
  }
  location_.Pause(RandomSpan(kKillSpread));
  return absl::OkStatus();
}

void CrashRun::LullPerhaps(int round) {
  if (round % kLullEvery != 0) return;
  location_.Gone();
  location_.Pause(kLull);
  ++kills_.in_lull;
}

absl::StatusOr<std::vector<absl::Duration>> CrashRun::KillInRecovery(int round) {
  std::vector<absl::Duration> moments;
  if (round % kRecoveryKillEvery != 0) return moments;
  const uint64_t wanted = 1 + random_.Below(kRecoveryKillsMax);
  absl::Duration span = recovery_times_.back();
  for (int i = 0; i < kRecoveryKillTries && moments.size() < wanted; ++i) {
    const absl::Duration after = RandomSpan(span);
    TWINQ_ASSIGN_OR_RETURN(const bool is_in_recovery, server_.StartAndKill(after));
    if (is_in_recovery) {
      moments.push_back(after);
      ++kills_.in_recovery;
    } else {
      span = after;
    }
  }
  return moments;
}

// Nearly every operation appends a record, or more. So if the journal has not got longer by about
// as many as there were operations, cleaning has let go of others, which it does with each append.
absl::Status CrashRun::NoteKillUnderLoad(int64_t operations) {
  TWINQ_ASSIGN_OR_RETURN(const int64_t records, CountRecords(check_command_));
  const bool is_cleaned = records - records_ < operations * kAppendingPercentMin / 100;
  records_ = records;
  ++(is_cleaned ? kills_.while_cleaning : kills_.under_load);
  return absl::OkStatus();
}

absl::Status CrashRun::Restart() {
  TWINQ_RETURN_IF_ERROR(server_.Start());
  recovery_times_.push_back(server_.recovery_time());
  CheckCatalogue();
  location_.Started(server_.address());
  return absl::OkStatus();
}

// Before the clients know where the server is, so that nobody changes anything.
void CrashRun::CheckCatalogue() {
  ServerLocation location;
  location.Started(server_.address());
  ServiceClient service(location, clock_);
  const std::optional<std::vector<std::string>> names = ListQueues(service);
  if (!names.has_value()) return complaints_.Add("the restarted server does not list its queues");
  for (const std::string& fault : catalogue_.FaultsOf(*names)) complaints_.Add(fault);
}

absl::Status CrashRun::Drain() {
  const absl::Time began_at = clock_.Now();
  temporary_queues_.Stop();
  temporary_thread_.Join();
  for (const auto& queue : queues_) queue->BeginDrain();
  for (const auto& queue : queues_) {
    while (!queue->IsDrained()) {
      if (clock_.Now() - began_at > kDrainMax) {
        return absl::DeadlineExceededError(
            absl::StrCat("queue ", queue->queue_name(), " does not run empty"));
      }
      location_.Pause(kLookPause);
    }
  }
  is_drained_ = true;
  absl::PrintF("drained in %.1f s\n", absl::ToDoubleSeconds(clock_.Now() - began_at));
  return absl::OkStatus();
}

std::vector<QueueHistory> CrashRun::TakeHistories() {
  std::vector<QueueHistory> histories = temporary_queues_.TakeHistories();
  const size_t lasting = histories.size();
  for (const auto& queue : queues_) histories.push_back(queue->TakeHistory());
  for (size_t i = 0; i < histories.size(); ++i) {
    history::History& history = histories[i].history;
    history.incidents = server_.incidents();
    history.end.at = Timestamp::FromTime(clock_.Now());
    if (i >= lasting && is_drained_) history.end.remaining = 0;
  }
  return histories;
}

absl::Duration CrashRun::RandomSpan(absl::Duration max) {
  const auto nanos = static_cast<uint64_t>(absl::ToInt64Nanoseconds(max));
  return absl::Nanoseconds(static_cast<int64_t>(random_.Below(nanos + 1)));
}

}  // namespace twinq::crash
