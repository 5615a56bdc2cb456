#include "tests/broker/crashing_shard.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "broker/record_codec.h"
#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "tests/support/describe.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

constexpr uint64_t kSmallSegmentBytes = 16 << 10;
constexpr LogCleaner::Options kCleaning = {.slack_bytes = 4 << 10, .stretch_bytes = 1 << 10};
constexpr int kNoBudget = std::numeric_limits<int>::max();
constexpr char kDirectory[] = "/data";

Record Decoded(absl::string_view bytes) {
  absl::StatusOr<DecodedRecord> decoded = DecodeRecord(bytes);
  TWINQ_CHECK(decoded.ok());
  return std::move(decoded->record);
}

// Which slot is free next depends on records that cleaning let go of.
std::string WithoutNextSlot(const std::string& dump) {
  const size_t begin = dump.find(" next_slot=");
  return absl::StrCat(dump.substr(0, begin), dump.substr(dump.find(" used=")));
}

// A start may not have found purged messages any more, and then their slots are free.
void FreeSlots(Broker& reference) {
  Outcome outcome;
  while (reference.Advance(Timestamp::Past(), kNoBudget, outcome) <= Timestamp::Past()) {
  }
}

std::string FirstDifference(const std::string& shard, const std::string& records) {
  const std::vector<std::string> shard_lines = absl::StrSplit(shard, '\n');
  const std::vector<std::string> record_lines = absl::StrSplit(records, '\n');
  const auto [is, should_be] = std::mismatch(shard_lines.begin(), shard_lines.end() - 1,
                                             record_lines.begin(), record_lines.end() - 1);
  return absl::StrCat("the shard has: ", *is, "\nwhere its records say: ", *should_be);
}

}  // namespace

struct CrashingShard::Sent : PendingCommand {
  void OnReply() override { is_answered = true; }

  bool is_answered = false;
  bool is_flushed = false;
  size_t needs = 0;   // So many records its reply tells of, at least.
  WaiterId waiter{};  // As the random commands name it, while they have not heard of the reply.
};

CrashingShard::CrashingShard(uint64_t seed)
    : files_(seed), random_(~seed), commands_(seed), now_(At(absl::ZeroDuration())) {}

CrashingShard::~CrashingShard() = default;

absl::Status CrashingShard::Start() {
  TWINQ_ASSIGN_OR_RETURN(std::unique_ptr<FileJournal> journal,
                         FileJournal::Open(files_, kDirectory,
                                           {.new_log_id = 1, .segment_bytes = kSmallSegmentBytes}));
  const JournalPosition end = journal->found().end;
  spy_.Watch(std::move(journal), end);
  // What was lost is not known any longer: a copy of the state before would look like news.
  noted_ = 0;
  known_messages_.clear();
  known_queues_.clear();
  NoteAppended();
  last_news_ = noted_;
  while (!starts_.empty() && starts_.back() >= noted_) starts_.pop_back();
  starts_.push_back(noted_);
  if (noted_ < must_survive_) {
    Violated(
        absl::StrCat("of ", must_survive_, " records that replies told of, ", noted_, " are left"));
  }
  must_survive_ = std::min(must_survive_, noted_);
  shard_ = std::make_unique<Shard>(spy_, ReplyWhen::kDurable, kCleaning);
  TWINQ_RETURN_IF_ERROR(shard_->Start(ReceiptKey{1}));
  const std::vector<QueueState*> queues = broker().queues();
  commands_.LearnQueues({queues.begin(), queues.end()});
  TWINQ_RETURN_IF_ERROR(Flush());
  TWINQ_RETURN_IF_ERROR(Sync());
  return Check();
}

absl::Status CrashingShard::DoSomething() {
  if (random_.Chance(0.2)) {
    last_executed_ = nullptr;
    shard_->Advance(now_, static_cast<int>(random_.Below(20)));
  } else {
    DoCommand();
  }
  if (random_.Chance(0.5)) TWINQ_RETURN_IF_ERROR(Flush());
  if (ticket_ != nullptr) {
    if (random_.Chance(0.5)) TWINQ_RETURN_IF_ERROR(EndSync());
  } else if (random_.Chance(0.5)) {
    TWINQ_RETURN_IF_ERROR(Sync());
  }
  if (random_.Chance(0.01)) return Check();
  return shard_->failure();
}

void CrashingShard::DoCommand() {
  now_ = now_ + commands_.NextPause();
  Command command = commands_.Next();
  if (const auto* cancel = std::get_if<CancelWaiter>(&command)) return Cancel(*cancel);
  if (auto* send = std::get_if<SendMessages>(&command)) {
    for (SendMessages::Entry& entry : send->entries) {
      entry.payload = Payload::Create(std::string(entry.message.body_bytes, 'b'));
      entry.message.body = {};
    }
  }
  Execute(std::move(command));
}

void CrashingShard::Execute(Command command) {
  sent_.push_back(std::make_unique<Sent>());
  Sent& sent = *sent_.back();
  if (const auto* receive = std::get_if<ReceiveMessages>(&command)) sent.waiter = receive->waiter;
  sent.command = std::move(command);
  shard_->Execute(now_, sent);
  last_executed_ = &sent;
  const bool waits = sent.path.waiter != WaiterId{};
  commands_.Learn(waits ? std::nullopt : std::optional<Reply>(sent.reply), Outcome());
  if (!waits) sent.waiter = WaiterId{};
}

void CrashingShard::Cancel(const CancelWaiter& cancel) {
  last_executed_ = nullptr;
  for (const std::unique_ptr<Sent>& sent : sent_) {
    if (sent->waiter == cancel.waiter) shard_->Cancel(now_, *sent);
  }
  commands_.Learn(Reply(Done()), Outcome());
}

void CrashingShard::Learn() {
  for (PendingCommand* command : shard_->TakeReleased()) command->OnReply();
  Outcome outcome;
  for (const std::unique_ptr<Sent>& sent : sent_) {
    if (!sent->is_answered) continue;
    must_survive_ = std::max(must_survive_, sent->needs);
    if (sent->waiter != WaiterId{}) outcome.answers.push_back({sent->waiter, sent->reply});
  }
  std::erase_if(sent_, [](const std::unique_ptr<Sent>& sent) { return sent->is_answered; });
  commands_.Learn(Reply(Done()), outcome);
}

absl::Status CrashingShard::Flush() {
  const size_t news_before = last_news_;
  shard_->Flush();
  NoteAppended();
  for (const std::unique_ptr<Sent>& sent : sent_) {
    if (std::exchange(sent->is_flushed, true)) continue;
    // What one of the commands before the last has led to cannot be told from what followed.
    sent->needs = sent.get() == last_executed_ ? last_news_ : news_before;
  }
  last_executed_ = nullptr;
  if (!shard_->failure().ok()) return shard_->failure();
  Learn();
  return absl::OkStatus();
}

absl::Status CrashingShard::Sync() {
  if (!shard_->WantsSync()) return absl::OkStatus();
  ticket_ = shard_->BeginSync();
  ticket_outcome_ = ticket_->Run();
  return random_.Chance(0.5) ? EndSync() : absl::OkStatus();
}

absl::Status CrashingShard::EndSync() {
  shard_->OnSynced(std::exchange(ticket_, nullptr), ticket_outcome_);
  if (!shard_->failure().ok()) return shard_->failure();
  Learn();
  return absl::OkStatus();
}

void CrashingShard::NoteAppended() {
  for (; noted_ < spy_.appended().size(); ++noted_) {
    if (IsNews(Decoded(spy_.appended()[noted_].bytes))) last_news_ = noted_ + 1;
  }
}

// Copies are no news, and nobody waits for deliveries of standard queues or for freed slots. The
// name of a deleted queue comes just before its removal, which is news.
bool CrashingShard::IsNews(const Record& record) {
  if (const auto* put = std::get_if<QueuePut>(&record)) {
    const auto [known, is_new] = known_queues_.try_emplace(put->queue, *put);
    const bool is_news = is_new || known->second.modified_at != put->modified_at;
    known->second = *put;
    return is_news;
  }
  if (const auto* put = std::get_if<MessagePut>(&record)) {
    return known_messages_.insert(put->sequence).second;
  }
  if (const auto* delivered = std::get_if<Delivered>(&record)) {
    const auto known = known_queues_.find(delivered->queue);
    return known != known_queues_.end() && known->second.name.kind() == QueueKind::kFifo;
  }
  return !std::holds_alternative<ShardPut>(record) && !std::holds_alternative<DedupPut>(record) &&
         !std::holds_alternative<SlotsFreed>(record) &&
         !std::holds_alternative<DeletedNamePut>(record);
}

std::unique_ptr<Broker> CrashingShard::Reference() const {
  auto reference = std::make_unique<Broker>();
  auto start = starts_.begin();
  for (size_t i = 0; i < spy_.appended().size(); ++i) {
    if (start != starts_.end() && *start == i) {
      FreeSlots(*reference);
      ++start;
    }
    const Record record = Decoded(spy_.appended()[i].bytes);
    if (!reference->Holds(record)) reference->Apply(record);
  }
  reference->EndReplay();
  FreeSlots(*reference);
  return reference;
}

absl::Status CrashingShard::Check() {
  if (ticket_ != nullptr) TWINQ_RETURN_IF_ERROR(EndSync());
  last_executed_ = nullptr;
  while (shard_->Advance(now_, kNoBudget) <= now_) {
    TWINQ_RETURN_IF_ERROR(Flush());
    TWINQ_RETURN_IF_ERROR(Sync());
    if (ticket_ != nullptr) TWINQ_RETURN_IF_ERROR(EndSync());
  }
  TWINQ_RETURN_IF_ERROR(Flush());
  const std::unique_ptr<Broker> reference = Reference();
  Outcome outcome;
  reference->Advance(now_, kNoBudget, outcome);
  if (!outcome.records.empty()) Violated(absl::StrCat("not recorded: ", Describe(outcome)));
  const std::string shard = WithoutNextSlot(shard_->Dump());
  const std::string records = WithoutNextSlot(reference->Dump());
  if (shard != records) Violated(FirstDifference(shard, records));
  return absl::OkStatus();
}

void CrashingShard::CheckDeliveries() {
  const std::unique_ptr<Broker> reference = Reference();
  Outcome outcome;
  reference->Advance(now_, kNoBudget, outcome);
  for (const QueueState* queue : reference->queues()) {
    const std::string expected = ReceivedFrom(*reference, queue->id);
    const std::string received = ReceivedFrom(shard_->broker(), queue->id);
    if (received != expected) {
      Violated(absl::StrCat(queue->name, " gave ", received, "instead of ", expected));
    }
  }
}

std::string CrashingShard::ReceivedFrom(Broker& broker, QueueId queue) {
  std::string text;
  for (;;) {
    Outcome outcome;
    const std::optional<Reply> reply = broker.Handle(now_,
                                                     ReceiveMessages{.queue = queue,
                                                                     .waiter = {},
                                                                     .messages_max = 3,
                                                                     .visibility = absl::Hours(12),
                                                                     .wait = absl::ZeroDuration()},
                                                     outcome);
    const auto* received = std::get_if<MessagesReceived>(&*reply);
    if (received == nullptr || received->entries.empty()) return text;
    for (const MessagesReceived::Entry& entry : received->entries) {
      absl::StrAppend(&text, entry.delivery.receipt.sequence.value(), " ");
    }
  }
}

void CrashingShard::Restart(Crash crash) {
  Outcome outcome;
  for (const CancelWaiter& waiting : commands_.Waiting()) {
    outcome.answers.push_back({waiting.waiter, MessagesReceived()});
  }
  commands_.Learn(Reply(Done()), outcome);
  ticket_ = nullptr;
  shard_ = nullptr;
  sent_.clear();
  last_executed_ = nullptr;
  spy_.Forget();
  crash == Crash::kOfMachine ? files_.LosePower() : files_.KillProcess();
}

void CrashingShard::Violated(std::string what) {
  if (violation_.empty()) violation_ = std::move(what);
}

}  // namespace twinq
