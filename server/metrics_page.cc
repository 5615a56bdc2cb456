#include "server/metrics_page.h"

#include <string>
#include <utility>

#include "broker/catalogue.h"
#include "core/base/version.h"
#include "core/queue/dedup_window.h"
#include "core/queue/message_slots.h"
#include "platform/resident_memory.h"

namespace twinq {
namespace {

using metrics::HttpPage;
using metrics::MetricsText;
using metrics::ServerCondition;

double Number(uint64_t number) { return static_cast<double>(number); }

// The states of messages, as their label has them.
void AddByState(const QueueCounts& counts, absl::string_view queue, MetricsText& text) {
  for (const auto& [state, count] :
       {std::pair<absl::string_view, size_t>("visible", counts.available),
        {"in_flight", counts.in_flight},
        {"delayed", counts.delayed}}) {
    if (queue.empty()) {
      text.Add(Number(count), {{"state", state}});
    } else {
      text.Add(Number(count), {{"queue", queue}, {"state", state}});
    }
  }
}

std::unique_ptr<HttpPage> Plain(int status, absl::string_view line) {
  return std::make_unique<HttpPage>(HttpPage{.status = status,
                                             .content_type = "text/plain; charset=utf-8",
                                             .body = std::string(line) + "\n"});
}

}  // namespace

void MetricsPage::NoteRecovered(const LoggedJournal::Replayed& replayed) {
  const platform::MutexLock lock(mutex_);
  recovered_ = replayed;
}

void MetricsPage::Open() {
  const platform::MutexLock lock(mutex_);
  is_open_ = true;
}

void MetricsPage::Close() {
  const platform::MutexLock lock(mutex_);
  is_open_ = false;
  while (looking_ > 0) looked_.Wait(mutex_);
}

bool MetricsPage::BeginLook() {
  const platform::MutexLock lock(mutex_);
  if (is_open_) ++looking_;
  return is_open_;
}

void MetricsPage::EndLook() {
  const platform::MutexLock lock(mutex_);
  --looking_;
  looked_.NotifyAll();
}

std::unique_ptr<HttpPage> MetricsPage::PageOf(absl::string_view path) {
  const ServerCondition::State state = sources_.condition.state();
  if (path == "/metrics") {
    return std::make_unique<HttpPage>(
        HttpPage{.content_type = MetricsText::kContentType, .body = Metrics()});
  }
  if (path == "/healthz") {
    if (state == ServerCondition::State::kFailed) return Plain(503, Explanation(state));
    return Plain(200, "ok");
  }
  if (path == "/readyz") {
    return Plain(state == ServerCondition::State::kServing ? 200 : 503, Explanation(state));
  }
  return nullptr;
}

std::string MetricsPage::Metrics() {
  MetricsText text;
  AddCalls(text);
  if (BeginLook()) {
    AddShardFigures(text);
    EndLook();
  }
  AddProcess(text);
  return text.ToString();
}

void MetricsPage::AddShardFigures(MetricsText& text) {
  const std::shared_ptr<const QueueFigures> queues = survey_.Read();
  if (queues != nullptr) AddQueues(*queues, text);
  AddShard(text);
  if (sources_.journal.has_value()) AddJournal(*sources_.journal, text);
  AddMemory(text);
}

void MetricsPage::AddCalls(MetricsText& text) const {
  const std::vector<metrics::CallMetrics::Figures> actions = sources_.calls.Read();
  text.BeginCounter("twinq_requests_total",
                    "Calls that were answered; error is empty for success.");
  for (const auto& action : actions) {
    for (const auto& [error, count] : action.ended) {
      if (count == 0 && !error.empty()) continue;
      text.Add(Number(count), {{"action", action.action}, {"error", error}});
    }
  }
  text.BeginHistogram("twinq_request_duration_seconds",
                      "From a call's request to its answer, the wait of a long poll included.");
  for (const auto& action : actions) text.AddHistogram(action.seconds, {{"action", action.action}});
  text.BeginGauge("twinq_requests_under_way", "Calls that are not answered yet.");
  for (const auto& action : actions) {
    text.Add(Number(action.under_way), {{"action", action.action}});
  }
}

void MetricsPage::AddQueues(const QueueFigures& figures, MetricsText& text) const {
  text.Gauge("twinq_queues", "Queues.", Number(figures.queues));
  text.BeginGauge("twinq_messages", "Messages of all queues by state.");
  AddByState(figures.totals.counts, "", text);
  text.Gauge("twinq_oldest_message_age_seconds",
             "Since the send of the oldest message of all queues; 0 without messages.",
             absl::ToDoubleSeconds(figures.oldest_message_age));
  text.Gauge("twinq_message_groups", "Message groups of FIFO queues that have a message.",
             Number(figures.totals.groups));
  text.Gauge("twinq_blocked_message_groups",
             "Those of them whose first message is in flight or delayed.",
             Number(figures.totals.blocked_groups));
  text.Gauge("twinq_dedup_entries", "Sends that FIFO queues remember to find duplicates.",
             Number(figures.totals.dedup_entries));
  text.BeginGauge("twinq_queue_messages", "Messages of one of the first 1,000 queues by name.");
  for (const QueueStatus& queue : figures.named) AddByState(queue.stats.counts, queue.name, text);
  text.BeginGauge("twinq_queue_oldest_message_age_seconds",
                  "Since the send of its oldest message; 0 without messages.");
  for (const QueueStatus& queue : figures.named) {
    text.Add(absl::ToDoubleSeconds(queue.oldest_message_age.value_or(absl::ZeroDuration())),
             {{"queue", queue.name}});
  }
  text.Gauge("twinq_queue_figures_age_seconds",
             "Since the figures of the queues above were read: much if the shard does not answer.",
             absl::ToDoubleSeconds(sources_.clock.Now() - figures.read_at));
}

void MetricsPage::AddShard(MetricsText& text) const {
  const Shard::Figures shard = sources_.runner.figures();
  const Inbox::Figures inbox = sources_.runner.inbox_figures();
  text.Gauge("twinq_waiting_receives", "Long polls that wait for messages.",
             Number(shard.waiting_receives));
  text.Gauge("twinq_held_replies", "Answers that wait for the journal.",
             Number(shard.held_replies));
  text.Gauge("twinq_inbox_commands", "Commands that wait for the shard.", Number(inbox.commands));
  text.Counter("twinq_inbox_refused_total", "Commands that were refused because too many waited.",
               Number(inbox.refused));
}

void MetricsPage::AddJournal(const LogShape& shape, MetricsText& text) const {
  const Shard::Figures shard = sources_.runner.figures();
  text.Gauge("twinq_journal_log_bytes", "Records of the journal, needless ones included.",
             Number(shard.log_bytes));
  text.Gauge("twinq_journal_live_bytes", "What counts of them, nearly.", Number(shard.live_bytes));
  text.Gauge("twinq_journal_segments", "Segments that the journal spans, spare ones not counted.",
             Number(shape.SegmentOf(shard.log_end) - shape.SegmentOf(shard.log_begin) + 1));
  text.Counter("twinq_journal_appended_bytes_total", "Records that were appended, copies included.",
               Number(shard.appended_bytes));
  text.BeginHistogram("twinq_journal_sync_duration_seconds",
                      "Writes and syncs of the journal, one for many calls.");
  text.AddHistogram(sources_.runner.sync_times());
  const platform::MutexLock lock(mutex_);
  if (!recovered_.has_value()) return;
  text.Gauge("twinq_recovery_seconds", "How long the start has read the journal.",
             absl::ToDoubleSeconds(recovered_->time));
  text.Gauge("twinq_recovery_records", "Records that it has read.", Number(recovered_->records));
}

void MetricsPage::AddMemory(MetricsText& text) const {
  const MemoryAccounts memory = sources_.runner.figures().memory;
  text.BeginGauge("twinq_memory_bytes", "Memory by what it is for, as --memory-max counts it.");
  for (const auto& [account, bytes] :
       {std::pair<absl::string_view, uint64_t>("messages", memory.messages),
        {"bodies", memory.bodies},
        {"groups", memory.groups},
        {"dedup", memory.dedup},
        {"queues", memory.queues},
        {"waiting_receives", memory.waiters}}) {
    text.Add(Number(bytes), {{"account", account}});
  }
  text.Gauge("twinq_memory_max_bytes", "What of it there may be, by --memory-max.",
             Number(sources_.memory_bytes_max));
}

void MetricsPage::AddProcess(MetricsText& text) const {
  text.Gauge("process_resident_memory_bytes", "Resident memory of the process.",
             static_cast<double>(platform::ResidentMemoryBytes()));
  text.Gauge("process_start_time_seconds", "When the process was started, since 1970.",
             absl::ToDoubleSeconds(sources_.started_at - absl::UnixEpoch()));
  text.BeginGauge("twinq_build_info", "Always 1; the version is in the label.");
  text.Add(1, {{"version", Version()}});
}

}  // namespace twinq
