#include "tests/crash/clients/client_run.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "client/lib/channel.h"
#include "core/base/status_macros.h"
#include "tests/crash/clients/history_of.h"
#include "tests/crash/clients/story.h"
#include "tests/crash/message_text.h"
#include "tests/crash/report.h"

namespace twinq::crash {
namespace {

constexpr int kChapterRounds = 50;
constexpr int kConsumers = 2;  // Of each queue.
constexpr uint64_t kVisibilitySecondsMost = 2;
constexpr absl::Duration kRoundMin = absl::Milliseconds(20);
constexpr absl::Duration kRoundSpread = absl::Milliseconds(300);
constexpr absl::Duration kOutageMax = absl::Milliseconds(80);
// So that visibility ends while there is no server: one outage in so many.
constexpr uint64_t kLongOutageEvery = 25;
constexpr absl::Duration kLongOutage = absl::Milliseconds(2'500);
constexpr uint64_t kRecoveryKillEvery = 5;
constexpr absl::Duration kRecoveryKillSpread = absl::Milliseconds(20);
constexpr absl::Duration kLookPause = absl::Milliseconds(50);
constexpr absl::Duration kDrainMax = absl::Minutes(2);

// A client that looks for a lost server by a port of 127.0.0.1 may be given that very port, and
// then has it when the server wants it back. On another address of the loopback it cannot.
ServerCommand CommandFor(const Options& options, const std::string& dir) {
  return {.program = options.server_program,
          .arguments = {"--grpc=127.0.0.2:0", absl::StrCat("--data-dir=", dir, "/data"),
                        absl::StrCat("--durability=", options.durability),
                        absl::StrCat("--journal-slack=", options.journal_slack_kib, "KiB")},
          .log_path = absl::StrCat(dir, "/twinqd.log")};
}

bool IsEmpty(const client::QueueAttributes& attributes) {
  for (const char* count : {"ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible",
                            "ApproximateNumberOfMessagesDelayed"}) {
    const auto place = attributes.find(count);
    if (place == attributes.end() || place->second != "0") return false;
  }
  return true;
}

QueuePlan PlanOf(const std::string& name, client::QueueKind kind) {
  return {.name = name,
          .kind = kind == client::QueueKind::kFifo ? QueueKind::kFifo : QueueKind::kStandard};
}

void PrintComplaints(const std::string& queue, const HandlingRecord& record,
                     const std::vector<Complaint>& complaints) {
  absl::PrintF("\nVIOLATION in queue %s, %d in all\n", queue, complaints.size());
  constexpr size_t kShownMax = 3;
  for (size_t i = 0; i < std::min(complaints.size(), kShownMax); ++i) {
    const Complaint& complaint = complaints[i];
    absl::PrintF("%s: %s", NameOf(complaint.fault), StoryOf(record, complaint.message));
  }
}

}  // namespace

ClientRun::ClientRun(const Options& options, std::string consumer_program, std::string dir,
                     const Clock& clock)
    : options_(options),
      consumer_program_(std::move(consumer_program)),
      dir_(std::move(dir)),
      clock_(clock),
      random_(options.seed),
      server_(CommandFor(options, dir_), clock) {}

// A producer flushes before it goes, which without a server takes long.
ClientRun::~ClientRun() {
  const bool is_sending = std::any_of(queues_.begin(), queues_.end(),
                                      [](const Queue& queue) { return queue.source != nullptr; });
  if (is_sending && !server_.is_running()) server_.Start().IgnoreError();  // Only to end sooner.
}

absl::Status ClientRun::Run() {
  TWINQ_RETURN_IF_ERROR(server_.Start());
  server_.KeepAddress();
  TWINQ_RETURN_IF_ERROR(MakeQueues());
  for (int done = 0; done < options_.rounds;) {
    const int rounds = std::min(kChapterRounds, options_.rounds - done);
    const absl::Time began_at = clock_.Now();
    TWINQ_RETURN_IF_ERROR(RunChapter(rounds));
    done += rounds;
    absl::PrintF("round %4d: %d handled so far, %d kills of the server, %d of consumers; %.1f s\n",
                 done, totals_.handlings, totals_.server_kills + totals_.recovery_kills,
                 totals_.consumer_kills, absl::ToDoubleSeconds(clock_.Now() - began_at));
    std::fflush(stdout);
  }
  return absl::OkStatus();
}

absl::Status ClientRun::MakeQueues() {
  client::QueueClient client(client::Connect(server_.address()));
  for (const char* name : {"jobs", "orders.fifo"}) {
    Queue queue{.name = name, .kind = client::KindOfQueue(name)};
    TWINQ_RETURN_IF_ERROR(client.CreateQueue(queue.name, queue.kind).status());
    for (int i = 0; i < kConsumers; ++i) {
      queue.consumers.push_back(
          std::make_unique<ConsumerSlot>(ConsumerSetup{.program = consumer_program_,
                                                       .address = server_.address(),
                                                       .queue = queue.name,
                                                       .dir = dir_},
                                         clock_));
    }
    queues_.push_back(std::move(queue));
  }
  return absl::OkStatus();
}

absl::Status ClientRun::RunChapter(int rounds) {
  for (Queue& queue : queues_) {
    queue.source = std::make_unique<MessageSource>(server_.address(), queue.name, queue.messages,
                                                   random_.Next(), clock_);
    for (const auto& slot : queue.consumers) TWINQ_RETURN_IF_ERROR(StartConsumer(*slot));
  }
  for (int i = 0; i < rounds; ++i) TWINQ_RETURN_IF_ERROR(RunRound());

  for (Queue& queue : queues_) queue.source->Stop();
  for (const Queue& queue : queues_) TWINQ_RETURN_IF_ERROR(AwaitEmpty(queue));
  for (Queue& queue : queues_) {
    for (const auto& slot : queue.consumers) TWINQ_RETURN_IF_ERROR(slot->Stop());
  }
  for (const Queue& queue : queues_) TWINQ_RETURN_IF_ERROR(AwaitEmpty(queue));
  for (Queue& queue : queues_) TWINQ_RETURN_IF_ERROR(JudgeQueue(queue));
  judged_incidents_ = server_.incidents().size();
  return absl::OkStatus();
}

// Of ten rounds four kill the server, four a consumer, two both.
absl::Status ClientRun::RunRound() {
  Pause(kRoundMin + RandomSpan(kRoundSpread));
  const uint64_t draw = random_.Below(10);
  const bool kills_server = draw < 6;
  const bool kills_consumer = draw >= 4;
  if (kills_server && kills_consumer) ++totals_.double_kills;
  if (kills_consumer && random_.Chance(0.5)) TWINQ_RETURN_IF_ERROR(KillConsumers());
  if (kills_server) {
    server_.Kill();
    ++totals_.server_kills;
  }
  if (kills_consumer && missing_.empty()) TWINQ_RETURN_IF_ERROR(KillConsumers());
  if (random_.Chance(0.5)) TWINQ_RETURN_IF_ERROR(StartMissingConsumers());
  if (kills_server) TWINQ_RETURN_IF_ERROR(Outage());
  return StartMissingConsumers();
}

// One, or now and then all of a queue.
absl::Status ClientRun::KillConsumers() {
  const Queue& queue = queues_[random_.Below(queues_.size())];
  const bool kills_all = random_.Chance(0.2);
  const uint64_t chosen = random_.Below(queue.consumers.size());
  for (size_t i = 0; i < queue.consumers.size(); ++i) {
    if (!kills_all && i != chosen) continue;
    TWINQ_RETURN_IF_ERROR(queue.consumers[i]->Kill());
    missing_.push_back(queue.consumers[i].get());
    ++totals_.consumer_kills;
  }
  return absl::OkStatus();
}

absl::Status ClientRun::Outage() {
  const bool is_long = random_.Below(kLongOutageEvery) == 0;
  if (is_long) ++totals_.long_outages;
  Pause(is_long ? kLongOutage : RandomSpan(kOutageMax));
  while (random_.Below(kRecoveryKillEvery) == 0) {
    TWINQ_ASSIGN_OR_RETURN(const bool is_in_recovery,
                           server_.StartAndKill(RandomSpan(kRecoveryKillSpread)));
    if (is_in_recovery) ++totals_.recovery_kills;
  }
  return server_.Start();
}

absl::Status ClientRun::StartMissingConsumers() {
  for (ConsumerSlot* slot : missing_) TWINQ_RETURN_IF_ERROR(StartConsumer(*slot));
  missing_.clear();
  return absl::OkStatus();
}

absl::Status ClientRun::StartConsumer(ConsumerSlot& slot) {
  const auto visibility = static_cast<int>(1 + random_.Below(kVisibilitySecondsMost));
  return slot.Start(next_client_++, visibility, random_.Next());
}

absl::Status ClientRun::AwaitEmpty(const Queue& queue) {
  client::QueueClient client(client::Connect(server_.address()));
  const absl::Time too_late = clock_.Now() + kDrainMax;
  for (;;) {
    TWINQ_ASSIGN_OR_RETURN(const client::QueueAttributes attributes,
                           client.GetQueueAttributes(queue.name));
    if (IsEmpty(attributes)) return absl::OkStatus();
    if (clock_.Now() > too_late) {
      return absl::DeadlineExceededError(absl::StrCat("queue ", queue.name, " does not run empty"));
    }
    Pause(kLookPause);
  }
}

absl::Status ClientRun::JudgeQueue(Queue& queue) {
  HandlingRecord record;
  record.kind = queue.kind;
  record.messages = queue.source->messages();
  for (const auto& slot : queue.consumers) {
    TWINQ_ASSIGN_OR_RETURN(std::vector<ConsumerLife> lives, slot->ReadLives());
    for (ConsumerLife& life : lives) record.consumers.push_back(std::move(life));
  }
  record.incidents.assign(server_.incidents().begin() + static_cast<ptrdiff_t>(judged_incidents_),
                          server_.incidents().end());
  const HandlingJudgement judgement = JudgeHandlings(record);
  totals_.handlings += judgement.handlings;
  for (size_t i = 0; i < kReasons; ++i) totals_.again.at(i) += judgement.again.at(i);
  for (const SourcedMessage& message : record.messages) {
    ++(message.outcome == history::Outcome::kDone ? totals_.acknowledged : totals_.unknown);
  }
  if (!judgement.complaints.empty()) PrintComplaints(queue.name, record, judgement.complaints);
  const QueueHistory history{.plan = PlanOf(queue.name, queue.kind),
                             .history = HistoryOf(record, queue.source->TakeRecorder(),
                                                  Timestamp::FromTime(clock_.Now()))};
  const bool is_clean = JudgeAll({history}, dir_, Keep::kBroken).is_clean;
  if (!is_clean || !judgement.complaints.empty())
    return absl::DataLossError("a promise was broken");

  queue.messages += static_cast<uint32_t>(record.messages.size());
  queue.source = nullptr;
  for (const auto& slot : queue.consumers) slot->Forget();
  return absl::OkStatus();
}

void ClientRun::Pause(absl::Duration span) {
  const platform::MutexLock lock(mutex_);
  over_.WaitFor(mutex_, span);
}

absl::Duration ClientRun::RandomSpan(absl::Duration max) {
  const auto nanos = static_cast<uint64_t>(absl::ToInt64Nanoseconds(max));
  return absl::Nanoseconds(static_cast<int64_t>(random_.Below(nanos + 1)));
}

}  // namespace twinq::crash
