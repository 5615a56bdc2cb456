// A journal of any records, each well formed: the start refuses it, or the shard works on, cleans
// its log, and starts again from what that holds.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include "broker/record.h"
#include "broker/record_codec.h"
#include "broker/shard.h"
#include "core/base/check.h"
#include "core/model/group_id.h"
#include "core/model/queue_name.h"
#include "journal/memory_journal.h"
#include "tests/fuzz/fuzz_input.h"

namespace twinq {
namespace {

constexpr int kBudget = 100;
constexpr int kRounds = 8;
constexpr absl::Duration kStep = absl::Minutes(2);

// Few values for each field, so that records meet.
QueueId SomeQueue(FuzzInput& data) { return QueueId(data.UpTo(3)); }
uint32_t SomeSlot(FuzzInput& data) { return static_cast<uint32_t>(data.UpTo(7)); }
SequenceNumber SomeSequence(FuzzInput& data) { return SequenceNumber(data.UpTo(31)); }
Timestamp SomeInstant(FuzzInput& data) {
  const uint64_t kind = data.UpTo(15);
  if (kind == 14) return Timestamp::Past();
  if (kind == 15) return Timestamp::FromNanos(0x7000'0000'0000'0000);
  return Timestamp() + absl::Seconds(30) * static_cast<int64_t>(kind);
}

MessagePut SomeMessage(FuzzInput& data) {
  MessagePut put;
  put.queue = SomeQueue(data);
  put.kind = data.UpTo(1) == 0 ? QueueKind::kStandard : QueueKind::kFifo;
  put.slot = SomeSlot(data);
  put.sequence = SomeSequence(data);
  put.sent_at = SomeInstant(data);
  put.available_at = SomeInstant(data);
  if (const uint64_t group = data.UpTo(3); group > 0) {
    put.group = *GroupId::Parse(std::string(group, 'g'));
  }
  if (data.UpTo(1) == 1) put.dedup = DedupKey{.high = 0, .low = data.UpTo(3)};
  put.receive_count = static_cast<uint32_t>(data.UpTo(2));
  return put;
}

Record SomeRecord(FuzzInput& data) {
  switch (data.UpTo(10)) {
    case 0:
      return ShardPut{.start_number = data.UpTo(2), .next_queue = SomeQueue(data)};
    case 1:
      return QueuePut{.queue = SomeQueue(data),
                      .name = *QueueName::Parse(data.UpTo(1) == 0 ? "a" : "a.fifo"),
                      .settings = {},
                      .created_at = SomeInstant(data),
                      .modified_at = SomeInstant(data)};
    case 2:
      return QueueRemoved{SomeQueue(data)};
    case 3:
      return Purged{SomeQueue(data), SomeSequence(data), SomeInstant(data)};
    case 4:
      return SlotsFreed{SomeQueue(data), SomeSequence(data)};
    case 5:
      return SomeMessage(data);
    case 6:
      return DedupPut{.queue = SomeQueue(data),
                      .key = {.high = 0, .low = data.UpTo(3)},
                      .first_sent_at = SomeInstant(data),
                      .id = {},
                      .sequence = SomeSequence(data)};
    case 7:
      return Delivered{.queue = SomeQueue(data),
                       .slot = SomeSlot(data),
                       .sequence = SomeSequence(data),
                       .delivery = static_cast<uint32_t>(data.UpTo(3)),
                       .received_at = SomeInstant(data),
                       .visible_at = SomeInstant(data)};
    case 8:
      return DeletedNamePut{.queue = SomeQueue(data),
                            .name = *QueueName::Parse("a"),
                            .deleted_at = SomeInstant(data)};
    case 9:
      return VisibilitySet{SomeQueue(data), SomeSlot(data), SomeSequence(data), SomeInstant(data)};
    default:
      return MessageRemoved{SomeQueue(data), SomeSlot(data), SomeSequence(data)};
  }
}

void Sync(Shard& shard) {
  shard.Flush();
  if (!shard.WantsSync()) return;
  std::unique_ptr<SyncTicket> ticket = shard.BeginSync();
  absl::Status outcome = ticket->Run();
  shard.OnSynced(std::move(ticket), std::move(outcome));
}

// Everything is due some time, and the log is cleaned whenever it may.
void WorkOn(Shard& shard) {
  Timestamp now = shard.broker().newest_record_at();
  for (int round = 0; round < kRounds; ++round) {
    shard.Advance(now, kBudget);
    Sync(shard);
    now = now + kStep;
  }
}

void Fuzz(FuzzInput& data) {
  MemoryJournal journal;
  for (uint64_t records = data.UpTo(40); records > 0; --records) {
    const std::string bytes = EncodeRecord(SomeRecord(data), "");
    const absl::string_view text = bytes;
    TWINQ_CHECK(journal.Append(absl::MakeConstSpan(&text, 1)).ok());
  }
  const LogCleaner::Options cleaning = {.slack_bytes = 0, .stretch_bytes = 64};
  {
    Shard shard(journal, ReplyWhen::kDurable, cleaning);
    if (!shard.Start(ReceiptKey()).ok()) return;
    WorkOn(shard);
    TWINQ_CHECK(shard.failure().ok());
  }
  Shard again(journal, ReplyWhen::kDurable, cleaning);
  TWINQ_CHECK(again.Start(ReceiptKey()).ok());
  WorkOn(again);
}

}  // namespace
}  // namespace twinq

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  twinq::FuzzInput input(data, size);
  twinq::Fuzz(input);
  return 0;
}
