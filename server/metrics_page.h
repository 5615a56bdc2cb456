#ifndef TWINQ_SERVER_METRICS_PAGE_H_
#define TWINQ_SERVER_METRICS_PAGE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/base/clock.h"
#include "journal/file/log_format.h"
#include "platform/mutex.h"
#include "server/logged_journal.h"
#include "server/metrics/call_metrics.h"
#include "server/metrics/http_pages.h"
#include "server/metrics/metrics_text.h"
#include "server/metrics/server_condition.h"
#include "server/runtime/queue_survey.h"
#include "server/runtime/shard_runner.h"

namespace twinq {

// What the metrics port serves: /metrics, the figures of the whole server in Prometheus' text
// format, which docs/operations.md explains one by one; /healthz and /readyz.
//
// Guarantee: the number of series is bounded: labels come from tables, and of queues the first
// QueueSurvey::kNamedMax by name have series.
// Thread-safety: any thread. Lifetime: borrows everything in Sources.
class MetricsPage {
 public:
  struct Sources {
    const metrics::ServerCondition& condition;
    const metrics::CallMetrics& calls;
    const ShardRunner& runner;
    CommandSink& sink;                // Of the runner.
    const Clock& clock;               // Never steps.
    absl::Time started_at;            // By the clock of the machine.
    uint64_t memory_bytes_max;        // Of queues and messages.
    std::optional<LogShape> journal;  // Nothing: there is none on disk.
  };
  explicit MetricsPage(const Sources& sources)
      : sources_(sources), survey_(sources.sink, sources.clock) {}

  // From now on the shard is looked at: until then it is another thread's alone.
  // REQUIRES: the runner takes commands.
  void Open();
  // From now on it is not any more. Waits for those who are looking.
  void Close();
  // What the replay at the start has done.
  void NoteRecovered(const LoggedJournal::Replayed& replayed);

  // As HttpPages asks for it.
  std::unique_ptr<metrics::HttpPage> PageOf(absl::string_view path);
  // What /metrics answers.
  std::string Metrics();

 private:
  // Whether the shard may be looked at; if so, until EndLook().
  bool BeginLook();
  void EndLook();
  void AddShardFigures(metrics::MetricsText& text);
  // Families of one theme each.
  void AddCalls(metrics::MetricsText& text) const;
  void AddQueues(const QueueFigures& figures, metrics::MetricsText& text) const;
  void AddShard(metrics::MetricsText& text) const;
  void AddJournal(const LogShape& shape, metrics::MetricsText& text) const;
  void AddMemory(metrics::MetricsText& text) const;
  void AddProcess(metrics::MetricsText& text) const;

  const Sources sources_;
  QueueSurvey survey_;
  mutable platform::Mutex mutex_;
  platform::CondVar looked_;
  bool is_open_ ABSL_GUARDED_BY(mutex_) = false;
  int looking_ ABSL_GUARDED_BY(mutex_) = 0;
  std::optional<LoggedJournal::Replayed> recovered_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq

#endif  // TWINQ_SERVER_METRICS_PAGE_H_
