#include "server/runtime/queue_survey.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace twinq {
namespace {

void Add(const QueueStatus& status, QueueFigures& figures) {
  ++figures.queues;
  const QueueStats& stats = status.stats;
  QueueStats& totals = figures.totals;
  totals.counts.available += stats.counts.available;
  totals.counts.in_flight += stats.counts.in_flight;
  totals.counts.delayed += stats.counts.delayed;
  totals.groups += stats.groups;
  totals.blocked_groups += stats.blocked_groups;
  totals.dedup_entries += stats.dedup_entries;
  figures.oldest_message_age = std::max(figures.oldest_message_age,
                                        status.oldest_message_age.value_or(absl::ZeroDuration()));
}

}  // namespace

// A command that may be answered after nobody waits for it any longer: it holds itself until then.
class QueueSurvey::Slice : public PendingCommand {
 public:
  // Null if the sink refuses it.
  static std::shared_ptr<Slice> Submit(CommandSink& sink, const std::string& after) {
    auto slice = std::make_shared<Slice>();
    slice->command = ListQueueStatuses{.after = after, .queues_max = kSliceQueues};
    slice->self_ = slice;
    if (sink.Submit(*slice).ok()) return slice;
    slice->self_.reset();
    return nullptr;
  }

  // Null if there is no answer by then.
  const Reply* Await(const Clock& clock, absl::Time deadline) {
    const platform::MutexLock lock(mutex_);
    while (!is_answered_) {
      const absl::Duration left = deadline - clock.Now();
      if (left <= absl::ZeroDuration()) return nullptr;
      answered_.WaitFor(mutex_, left);
    }
    return &reply;
  }
  bool is_answered() {
    const platform::MutexLock lock(mutex_);
    return is_answered_;
  }

 private:
  void OnReply() override {
    const std::shared_ptr<Slice> self = std::exchange(self_, nullptr);
    const platform::MutexLock lock(mutex_);
    is_answered_ = true;
    answered_.NotifyAll();
  }

  std::shared_ptr<Slice> self_;
  platform::Mutex mutex_;
  platform::CondVar answered_;
  bool is_answered_ ABSL_GUARDED_BY(mutex_) = false;
};

bool QueueSurvey::Begin() {
  const platform::MutexLock lock(mutex_);
  if (unanswered_ != nullptr && unanswered_->is_answered()) unanswered_ = nullptr;
  return unanswered_ == nullptr && !std::exchange(is_reading_, true);
}

std::shared_ptr<const QueueFigures> QueueSurvey::Read() {
  if (Begin()) {
    std::shared_ptr<const QueueFigures> figures = ReadAll();
    const platform::MutexLock lock(mutex_);
    is_reading_ = false;
    if (figures != nullptr) last_ = std::move(figures);
  }
  const platform::MutexLock lock(mutex_);
  return last_;
}

std::shared_ptr<const QueueFigures> QueueSurvey::ReadAll() {
  auto figures = std::make_shared<QueueFigures>();
  figures->read_at = clock_.Now();
  const absl::Time deadline = figures->read_at + kPatience;
  std::string after;
  for (;;) {
    const std::shared_ptr<Slice> slice = Slice::Submit(sink_, after);
    if (slice == nullptr) return nullptr;
    const Reply* reply = slice->Await(clock_, deadline);
    if (reply == nullptr) {
      const platform::MutexLock lock(mutex_);
      unanswered_ = slice;
      return nullptr;
    }
    // Else an error: the shard has failed.
    const auto* page = std::get_if<QueueStatuses>(reply);
    if (page == nullptr) return nullptr;
    for (const QueueStatus& status : page->queues) {
      Add(status, *figures);
      if (figures->named.size() < kNamedMax) figures->named.push_back(status);
    }
    if (!page->more) return figures;
    after = page->queues.back().name;
  }
}

}  // namespace twinq
