#ifndef TWINQ_TESTS_BROKER_SHARD_DRIVER_H_
#define TWINQ_TESTS_BROKER_SHARD_DRIVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "broker/shard.h"
#include "core/base/timestamp.h"
#include "journal/journal.h"

namespace twinq {

// A command, and what its front end saw of it.
struct SentCommand : public PendingCommand {
  void OnReply() override { is_answered = true; }
  // The reply as text, or "held".
  std::string heard() const;
  QueueId created() const { return std::get<QueueCreated>(reply).queue; }
  // The bodies that were received, with a space between.
  std::string bodies() const;
  const Delivery& delivery(size_t place = 0) const;

  bool is_answered = false;
};

// A shard with a thread of its own: the test's. Commands are the driver's and live as long as it
// does.
class ShardDriver {
 public:
  explicit ShardDriver(Journal& journal,
                       const LogCleaner::Options& cleaning = LogCleaner::Options())
      : shard_(journal, ReplyWhen::kDurable, cleaning), now_(BeginOfTime()) {}

  // A shard whose start is durable.
  static std::unique_ptr<ShardDriver> Started(Journal& journal);
  absl::Status Start(const ReceiptKey& fresh_key = {1, 2, 3}) { return shard_.Start(fresh_key); }

  void Wait(absl::Duration span) { now_ = now_ + span; }
  void SetBack(absl::Duration span) { now_ = now_ + -span; }
  Timestamp now() const { return now_; }
  Timestamp Advance() { return shard_.Advance(now_, 1'000'000); }

  SentCommand& Execute(Command command);
  SentCommand& Create(absl::string_view name);
  SentCommand& Send(QueueId queue, absl::string_view body, absl::string_view group = "",
                    uint64_t dedup = 0);
  SentCommand& Receive(QueueId queue, int messages_max = 1,
                       absl::Duration wait = absl::ZeroDuration());
  SentCommand& Delete(QueueId queue, const Receipt& receipt);
  void Cancel(SentCommand& command) { shard_.Cancel(now_, command); }

  void Flush();
  // Flushes and syncs until nothing is held.
  void Sync();
  std::unique_ptr<SyncTicket> BeginSync() { return shard_.BeginSync(); }
  void EndSync(std::unique_ptr<SyncTicket> ticket, absl::Status outcome = absl::OkStatus());
  // Commands that were answered, in the order in which they were.
  const std::vector<const SentCommand*>& answered() const { return answered_; }

  Shard& shard() { return shard_; }

 private:
  static Timestamp BeginOfTime();
  void TakeReleased();

  std::vector<std::unique_ptr<SentCommand>> commands_;
  std::vector<const SentCommand*> answered_;
  Shard shard_;
  Timestamp now_;
  uint64_t messages_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_BROKER_SHARD_DRIVER_H_
