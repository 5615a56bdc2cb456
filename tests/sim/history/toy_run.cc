#include "tests/sim/history/toy_run.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "sim/history/event.h"
#include "sim/history/recorder.h"
#include "tests/sim/history/toy_queue.h"

namespace twinq::history {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(1);

// Everything that happens, on one thread and in virtual time. Clients are 1 to producers, then
// consumers; each has a recorder of its own.
class ToyRun {
 public:
  explicit ToyRun(const ToyWorkload& workload)
      : workload_(workload), random_(workload.seed), queue_(workload.kind, random_) {
    const uint32_t clients = workload.producers + workload.consumers;
    for (uint32_t client = 0; client <= clients; ++client) recorders_.emplace_back(client);
  }

  History Run();

 private:
  using Action = std::function<void()>;

  // One attempt to send, and what is left to send after it.
  struct Entry {
    MessageName message;
    std::string group;
    std::string dedup;
  };
  // A message that a consumer has.
  struct Job {
    HandleNumber handle = HandleNumber::kNone;
    ToyQueue::Handle server_handle;
  };

  void At(Timestamp time, Action action) { actions_.emplace(time, std::move(action)); }
  void After(absl::Duration span, Action action) { At(now_ + span, std::move(action)); }
  absl::Duration Latency() { return Draw(workload_.latency_max); }
  absl::Duration Draw(absl::Duration max);
  // Carries out `call` at the server and then calls `done` at the client, or `lost` when it gives
  // up. `call` returns what `done` does with the answer.
  void Ask(std::function<Action()> call, Action lost);

  void Produce(uint32_t client, uint32_t number);
  void Send(uint32_t client, uint32_t number, const std::vector<Entry>& entries);
  void Answered(uint32_t client, uint32_t number, const std::vector<Entry>& entries,
                const std::vector<SentMessage>& sent, const CallTimes& times);
  void Unanswered(uint32_t client, uint32_t number, const std::vector<Entry>& entries,
                  Timestamp asked_at);
  std::vector<SentMessage> Named(uint32_t client, const std::vector<Entry>& entries);

  void Consume(uint32_t client);
  void Received(uint32_t client, const std::vector<ToyQueue::Handle>& handles,
                const std::vector<ReceivedMessage>& messages, absl::Duration visibility,
                Timestamp asked_at);
  void HandleNext(uint32_t client, std::vector<Job> jobs, absl::Duration visibility);
  void Delete(uint32_t client, std::vector<Job> jobs, absl::Duration visibility);
  void Change(uint32_t client, const Job& job, VisibilityChange change, const Action& then);
  void CrashClient(uint32_t client);

  void CrashServer();
  void Purge();
  bool IsOver() const;

  const ToyWorkload workload_;
  SeededRandom random_;
  ToyQueue queue_;
  Timestamp now_ = Timestamp::FromNanos(1'000'000'000);
  std::multimap<Timestamp, Action> actions_;
  std::vector<Recorder> recorders_;
  bool is_server_up_ = true;
  uint32_t producers_done_ = 0;
  uint32_t fresh_ids_ = 0;
};

absl::Duration ToyRun::Draw(absl::Duration max) {
  const auto nanos = static_cast<uint64_t>(absl::ToInt64Nanoseconds(max));
  return absl::Nanoseconds(static_cast<int64_t>(random_.Below(nanos + 1)));
}

History ToyRun::Run() {
  for (uint32_t i = 1; i <= workload_.producers; ++i) {
    After(Latency(), [this, i] { Produce(i, 0); });
  }
  for (uint32_t i = 1; i <= workload_.consumers; ++i) {
    After(Latency(), [this, i] { Consume(workload_.producers + i); });
  }
  for (uint32_t i = 0; i < workload_.server_crashes; ++i) {
    After(Draw(absl::Seconds(8)), [this] { CrashServer(); });
  }
  for (uint32_t i = 0; i < workload_.purges; ++i) {
    After(Draw(absl::Seconds(8)), [this] { Purge(); });
  }
  while (!actions_.empty()) {
    const auto next = actions_.begin();
    now_ = next->first;
    const Action action = std::move(next->second);
    actions_.erase(next);
    action();
  }
  now_ = now_ + absl::Seconds(1);
  return Merge(std::move(recorders_), {.at = now_, .remaining = queue_.remaining()});
}

void ToyRun::Ask(std::function<Action()> call, Action lost) {
  const Timestamp gives_up_at = now_ + kTimeout;
  if (random_.Chance(workload_.delay_request)) {
    At(gives_up_at, std::move(lost));
    At(gives_up_at + Draw(absl::Seconds(5)), [this, call = std::move(call)] {
      if (is_server_up_) call();
    });
    return;
  }
  const auto give_up = [this, lost = std::move(lost), gives_up_at] { At(gives_up_at, lost); };
  if (random_.Chance(workload_.lose_request)) return give_up();
  After(Latency(), [this, call = std::move(call), give_up] {
    if (!is_server_up_) return give_up();
    Action done = call();
    if (random_.Chance(workload_.lose_answer)) return give_up();
    After(Latency(), std::move(done));
  });
}

void ToyRun::Produce(uint32_t client, uint32_t number) {
  if (number >= workload_.messages) {
    ++producers_done_;
    return;
  }
  std::vector<Entry> entries;
  const uint32_t size = random_.Chance(0.2) ? 3 : 1;
  for (; entries.size() < size && number < workload_.messages; ++number) {
    const auto group = random_.Below(workload_.groups);
    entries.push_back({.message = {.producer = client, .number = number},
                       .group = absl::StrCat("group-", group),
                       .dedup = absl::StrCat(client, "-", number)});
  }
  After(Draw(absl::Milliseconds(300)),
        [this, client, number, entries] { Send(client, number, entries); });
}

std::vector<SentMessage> ToyRun::Named(uint32_t client, const std::vector<Entry>& entries) {
  std::vector<SentMessage> sent;
  for (const Entry& entry : entries) {
    SentMessage& message = sent.emplace_back();
    message.message = entry.message;
    if (workload_.kind == QueueKind::kStandard) continue;
    const bool is_own =
        entry.dedup == absl::StrCat(entry.message.producer, "-", entry.message.number);
    message.group = recorders_[client].Name(entry.group);
    message.dedup = is_own ? NameId::kOwn : recorders_[client].Name(entry.dedup);
  }
  return sent;
}

void ToyRun::Send(uint32_t client, uint32_t number, const std::vector<Entry>& entries) {
  const Timestamp asked_at = now_;
  const auto call = [this, client, number, entries, asked_at]() -> Action {
    std::vector<SentMessage> sent = Named(client, entries);
    for (size_t i = 0; i < entries.size(); ++i) {
      if (random_.Chance(workload_.refuse_send)) {
        sent[i].outcome = Outcome::kRefused;
        continue;
      }
      const size_t place =
          queue_.Send(now_, entries[i].message, entries[i].group, entries[i].dedup);
      sent[i].outcome = Outcome::kDone;
      sent[i].id = queue_.at(place).id;
      sent[i].sequence = queue_.at(place).sequence;
    }
    return [this, client, number, entries, sent, asked_at] {
      Answered(client, number, entries, sent, {.asked_at = asked_at, .answered_at = now_});
    };
  };
  Ask(call,
      [this, client, number, entries, asked_at] { Unanswered(client, number, entries, asked_at); });
}

void ToyRun::Answered(uint32_t client, uint32_t number, const std::vector<Entry>& entries,
                      const std::vector<SentMessage>& sent, const CallTimes& times) {
  recorders_[client].Sent(client, times, sent);
  if (random_.Chance(workload_.retry_answered)) return Send(client, number, entries);
  Produce(client, number);
}

void ToyRun::Unanswered(uint32_t client, uint32_t number, const std::vector<Entry>& entries,
                        Timestamp asked_at) {
  recorders_[client].Sent(client, {.asked_at = asked_at}, Named(client, entries));
  if (random_.Chance(workload_.give_up)) return Produce(client, number);
  std::vector<Entry> again = entries;
  if (random_.Chance(0.1)) {  // A producer that forgets its deduplication ids.
    for (Entry& entry : again) entry.dedup = absl::StrCat("fresh-", ++fresh_ids_);
  }
  const bool is_late = random_.Chance(workload_.retry_late);
  const absl::Duration backoff = is_late ? absl::Minutes(5) : Draw(absl::Milliseconds(500));
  After(backoff, [this, client, number, again] { Send(client, number, again); });
}

void ToyRun::Consume(uint32_t client) {
  if (IsOver()) return;
  const Timestamp asked_at = now_;
  const size_t messages_max = 1 + random_.Below(5);
  const absl::Duration visibility =
      random_.Chance(0.02) ? absl::ZeroDuration() : absl::Seconds(1 + random_.Below(4));
  const auto call = [this, client, asked_at, messages_max, visibility]() -> Action {
    const std::vector<ToyQueue::Handle> handles = queue_.Receive(now_, messages_max, visibility);
    std::vector<ReceivedMessage> messages;
    for (const ToyQueue::Handle& handle : handles) {
      const ToyQueue::Stored& stored = queue_.at(handle.place);
      messages.push_back({.message = stored.message,
                          .id = stored.id,
                          .sequence = stored.sequence,
                          .receive_count = handle.count});
    }
    return [this, client, handles, messages, visibility, asked_at] {
      Received(client, handles, messages, visibility, asked_at);
    };
  };
  Ask(call, [this, client, asked_at] {
    recorders_[client].ReceivedNothing(client, {.asked_at = asked_at}, Outcome::kUnknown);
    After(Draw(absl::Milliseconds(100)), [this, client] { Consume(client); });
  });
}

void ToyRun::Received(uint32_t client, const std::vector<ToyQueue::Handle>& handles,
                      const std::vector<ReceivedMessage>& messages, absl::Duration visibility,
                      Timestamp asked_at) {
  const CallTimes times = {.asked_at = asked_at, .answered_at = now_};
  if (messages.empty()) {
    recorders_[client].ReceivedNothing(client, times, Outcome::kDone);
    After(absl::Milliseconds(50) + Draw(absl::Milliseconds(200)),
          [this, client] { Consume(client); });
    return;
  }
  const HandleNumber first = recorders_[client].Received(client, times, visibility, messages);
  std::vector<Job> jobs;
  for (size_t i = handles.size(); i-- > 0;) {
    jobs.push_back({.handle = NthHandle(first, i), .server_handle = handles[i]});
  }
  HandleNext(client, std::move(jobs), visibility);
}

// The last of the jobs is the next one.
void ToyRun::HandleNext(uint32_t client, std::vector<Job> jobs, absl::Duration visibility) {
  if (random_.Chance(workload_.crash_client)) return CrashClient(client);
  if (jobs.empty()) return Consume(client);
  const Job job = jobs.back();
  std::vector<Job> rest(jobs.begin(), jobs.end() - 1);
  if (random_.Chance(workload_.leave)) return HandleNext(client, std::move(rest), visibility);
  if (random_.Chance(workload_.release)) {
    return Change(client, job,
                  {.visibility = absl::Seconds(random_.Below(2)),
                   .purpose = VisibilityChange::Purpose::kRelease},
                  [this, client, rest, visibility] { HandleNext(client, rest, visibility); });
  }
  if (random_.Chance(workload_.extend)) {
    return Change(client, job, {.visibility = absl::Seconds(random_.Below(6))},
                  [this, client, jobs, visibility] { Delete(client, jobs, visibility); });
  }
  const bool is_slow = random_.Chance(workload_.handle_slowly);
  After(is_slow ? visibility : Draw(absl::Milliseconds(100)),
        [this, client, jobs, visibility] { Delete(client, jobs, visibility); });
}

void ToyRun::Delete(uint32_t client, std::vector<Job> jobs, absl::Duration visibility) {
  const Job job = jobs.back();
  jobs.pop_back();
  const Timestamp asked_at = now_;
  const auto finish = [this, client, job, jobs, visibility, asked_at](Outcome outcome) {
    const CallTimes times = {.asked_at = asked_at, .answered_at = now_};
    recorders_[client].Deleted(client, times, job.handle, outcome);
    HandleNext(client, jobs, visibility);
  };
  const auto call = [this, job, finish]() -> Action {
    const Outcome outcome = queue_.Delete(now_, job.server_handle);
    return [finish, outcome] { finish(outcome); };
  };
  Ask(call, [finish] { finish(Outcome::kUnknown); });
}

void ToyRun::Change(uint32_t client, const Job& job, VisibilityChange change, const Action& then) {
  change.handle = job.handle;
  const Timestamp asked_at = now_;
  const auto finish = [this, client, change, asked_at, then](Outcome outcome) {
    VisibilityChange recorded = change;
    recorded.outcome = outcome;
    recorders_[client].Changed(client, {.asked_at = asked_at, .answered_at = now_}, recorded);
    then();
  };
  const auto call = [this, job, change, finish]() -> Action {
    const Outcome outcome = queue_.Change(now_, job.server_handle, change.visibility);
    return [finish, outcome] { finish(outcome); };
  };
  Ask(call, [finish] { finish(Outcome::kUnknown); });
}

void ToyRun::CrashClient(uint32_t client) {
  recorders_[client].Happened(
      {.at = now_, .kind = Incident::Kind::kClientCrashed, .client = client});
  After(Draw(absl::Seconds(1)), [this, client] {
    recorders_[client].Happened(
        {.at = now_, .kind = Incident::Kind::kClientStarted, .client = client});
    Consume(client);
  });
}

void ToyRun::CrashServer() {
  if (!is_server_up_) return;
  recorders_[0].Happened({.at = now_, .kind = Incident::Kind::kServerCrashed});
  After(Latency(), [this] {
    is_server_up_ = false;
    queue_.Crash();
    After(Draw(absl::Milliseconds(500)), [this] {
      is_server_up_ = true;
      After(Latency(), [this] {
        recorders_[0].Happened({.at = now_, .kind = Incident::Kind::kServerStarted});
      });
    });
  });
}

void ToyRun::Purge() {
  const Timestamp asked_at = now_;
  const auto call = [this, asked_at]() -> Action {
    queue_.Purge();
    return [this, asked_at] {
      recorders_[0].Purged(0, {.asked_at = asked_at, .answered_at = now_}, Outcome::kDone);
    };
  };
  Ask(call,
      [this, asked_at] { recorders_[0].Purged(0, {.asked_at = asked_at}, Outcome::kUnknown); });
}

bool ToyRun::IsOver() const {
  if (producers_done_ < workload_.producers) return false;
  return !workload_.is_drained || queue_.remaining() == 0;
}

}  // namespace

History RunToy(const ToyWorkload& workload) { return ToyRun(workload).Run(); }

}  // namespace twinq::history
