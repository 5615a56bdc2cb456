#include "broker/record_codec.h"

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "core/model/limits.h"

namespace twinq {
namespace {

// Values of the type byte. Part of the format: never reused, never renumbered.
enum class RecordType : uint8_t {
  kShardPut = 1,
  kQueuePut = 2,
  kQueueRemoved = 3,
  kMessagePut = 4,
  kDelivered = 5,
  kVisibilitySet = 6,
  kMessageRemoved = 7,
  kPurged = 8,
  kSlotsFreed = 9,
  kDedupPut = 10,
  kDeletedNamePut = 11,
};

// Bits of the flags of a MessagePut.
constexpr uint8_t kIsFifo = 1;
constexpr uint8_t kHasDedup = 2;
constexpr uint8_t kWasReceived = 4;

// Bits of the flags of a QueuePut: what follows, in this order. The others only behind the first.
constexpr uint8_t kHasKept = 1;
constexpr uint8_t kHasTags = 2;
constexpr uint8_t kHasDeadLetterQueue = 4;

// 2259. Whatever follows an instant by the longest span of the service is a deadline that comes.
constexpr Timestamp kInstantMax =
    Timestamp::FromNanos(Timestamp::Infinite().nanos() - int64_t{1'000} * 86'400 * 1'000'000'000);

class Writer {
 public:
  explicit Writer(RecordType type) { U8(static_cast<uint8_t>(type)); }

  void U8(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void U32(uint32_t value) { Integer(value, 4); }
  void U64(uint64_t value) { Integer(value, 8); }
  void Text(absl::string_view text) {
    U32(static_cast<uint32_t>(text.size()));
    Rest(text);
  }
  void Rest(absl::string_view bytes) { bytes_.append(bytes.data(), bytes.size()); }

  void Put(QueueId id) { U64(id.value()); }
  void Put(SequenceNumber sequence) { U64(sequence.value()); }
  void Put(Timestamp instant) { U64(static_cast<uint64_t>(instant.nanos())); }
  void Put(absl::Duration span) { U64(static_cast<uint64_t>(absl::ToInt64Nanoseconds(span))); }
  void Put(MessageId id) {
    U64(id.high());
    U64(id.low());
  }
  void Put(const DedupKey& key) {
    U64(key.high);
    U64(key.low);
  }

  std::string Take() { return std::move(bytes_); }

 private:
  void Integer(uint64_t value, int size) {
    for (int i = 0; i < size; ++i) U8(static_cast<uint8_t>(value >> (8 * i)));
  }

  std::string bytes_;
};

// Reads what Writer wrote. After the first value that is not there, every further one is zero and
// Finish() is an error.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : rest_(bytes) {}

  uint8_t U8() { return static_cast<uint8_t>(Integer(1)); }
  uint32_t U32() { return static_cast<uint32_t>(Integer(4)); }
  uint64_t U64() { return Integer(8); }
  // A byte that is 0 or 1.
  bool Flag() {
    const uint8_t byte = U8();
    if (byte > 1) Fail();
    return byte == 1;
  }
  absl::string_view Text() { return Take(U32()); }
  absl::string_view Take(size_t size) {
    if (size > rest_.size()) {
      Fail();
      return {};
    }
    const absl::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  void Fail() {
    failed_ = true;
    rest_ = {};
  }

  QueueId Queue() { return QueueId(U64()); }
  SequenceNumber Sequence() { return SequenceNumber(U64()); }
  Timestamp Instant() {
    const auto instant = Timestamp::FromNanos(static_cast<int64_t>(U64()));
    if (instant > kInstantMax) Fail();
    return instant;
  }
  absl::Duration Span() { return absl::Nanoseconds(static_cast<int64_t>(U64())); }
  MessageId Id() {
    const uint64_t high = U64();
    return MessageId::FromBits(high, U64());
  }
  DedupKey Key() {
    const uint64_t high = U64();
    return {.high = high, .low = U64()};
  }

  bool failed() const { return failed_; }
  absl::Status Finish() const {
    if (failed_) return absl::InvalidArgumentError("the record is cut short or has bad fields");
    if (!rest_.empty()) return absl::InvalidArgumentError("the record has bytes behind its end");
    return absl::OkStatus();
  }

 private:
  uint64_t Integer(size_t size) {
    uint64_t value = 0;
    const absl::string_view bytes = Take(size);
    for (size_t i = 0; i < bytes.size(); ++i) {
      value |= uint64_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
    }
    return value;
  }

  absl::string_view rest_;
  bool failed_ = false;
};

uint8_t FlagsOf(const KeptPointer& kept) {
  if (kept == nullptr) return 0;
  return static_cast<uint8_t>(kHasKept | (kept->tags.empty() ? 0 : kHasTags) |
                              (DeadLetterQueueOf(kept).empty() ? 0 : kHasDeadLetterQueue));
}

struct Encoder {
  std::string operator()(const ShardPut& put) const {
    Writer writer(RecordType::kShardPut);
    for (uint8_t byte : put.receipt_key) writer.U8(byte);
    writer.U64(put.start_number);
    writer.Put(put.next_queue);
    writer.Put(put.newest_record_at);
    return writer.Take();
  }
  std::string operator()(const QueuePut& put) const {
    Writer writer(RecordType::kQueuePut);
    writer.Put(put.queue);
    writer.Text(put.name.text());
    PutSettings(writer, put.settings);
    writer.U8(static_cast<uint8_t>(put.dedup_scope));
    writer.Put(put.created_at);
    writer.Put(put.modified_at);
    writer.Put(put.purged_at);
    const uint8_t flags = FlagsOf(put.kept);
    writer.U8(flags);
    if ((flags & kHasKept) != 0) PutKept(writer, *put.kept);
    if ((flags & kHasTags) != 0) PutTags(writer, put.kept->tags);
    if ((flags & kHasDeadLetterQueue) != 0) writer.Text(DeadLetterQueueOf(put.kept));
    return writer.Take();
  }
  std::string operator()(const QueueRemoved& removed) const {
    Writer writer(RecordType::kQueueRemoved);
    writer.Put(removed.queue);
    return writer.Take();
  }
  std::string operator()(const DeletedNamePut& put) const {
    Writer writer(RecordType::kDeletedNamePut);
    writer.Put(put.queue);
    writer.Text(put.name.text());
    writer.Put(put.deleted_at);
    return writer.Take();
  }
  std::string operator()(const Purged& purged) const {
    Writer writer(RecordType::kPurged);
    writer.Put(purged.queue);
    writer.Put(purged.through);
    writer.Put(purged.purged_at);
    return writer.Take();
  }
  std::string operator()(const SlotsFreed& freed) const {
    Writer writer(RecordType::kSlotsFreed);
    writer.Put(freed.queue);
    writer.Put(freed.through);
    return writer.Take();
  }
  std::string operator()(const MessagePut& put) const {
    TWINQ_CHECK(body.size() == put.body_bytes);  // Else nobody could read it back.
    Writer writer(RecordType::kMessagePut);
    PutMessage(writer, put);
    writer.Put(put.id);
    writer.Put(put.sent_at);
    writer.Put(put.available_at);
    writer.Text(put.group.text());
    writer.U8(static_cast<uint8_t>((put.kind == QueueKind::kFifo ? kIsFifo : 0) |
                                   (put.dedup.has_value() ? kHasDedup : 0) |
                                   (put.receive_count > 0 ? kWasReceived : 0)));
    if (put.dedup.has_value()) writer.Put(*put.dedup);
    if (put.receive_count > 0) {
      writer.U32(put.receive_count);
      writer.U32(put.first_received_after_ms);
    }
    writer.U32(put.body_bytes);
    writer.Rest(body);
    return writer.Take();
  }
  std::string operator()(const DedupPut& put) const {
    Writer writer(RecordType::kDedupPut);
    writer.Put(put.queue);
    writer.Put(put.key);
    writer.Put(put.first_sent_at);
    writer.Put(put.id);
    writer.Put(put.sequence);
    return writer.Take();
  }
  std::string operator()(const Delivered& delivered) const {
    Writer writer(RecordType::kDelivered);
    PutMessage(writer, delivered);
    writer.U32(delivered.delivery);
    writer.Put(delivered.received_at);
    writer.Put(delivered.visible_at);
    return writer.Take();
  }
  std::string operator()(const VisibilitySet& set) const {
    Writer writer(RecordType::kVisibilitySet);
    PutMessage(writer, set);
    writer.Put(set.visible_at);
    return writer.Take();
  }
  std::string operator()(const MessageRemoved& removed) const {
    Writer writer(RecordType::kMessageRemoved);
    PutMessage(writer, removed);
    return writer.Take();
  }

  static void PutSettings(Writer& writer, const QueueSettings& settings) {
    const QueueAttributes& attributes = settings.attributes;
    writer.Put(attributes.delay);
    writer.U32(attributes.message_bytes_max);
    writer.Put(attributes.retention);
    writer.Put(attributes.receive_wait);
    writer.Put(attributes.visibility_timeout);
    writer.U8(attributes.content_based_dedup ? 1 : 0);
    writer.U8(static_cast<uint8_t>(attributes.dedup_scope));
    writer.Put(settings.delay_floor.sent_at);
    writer.Put(settings.delay_floor.sequence);
    writer.Put(settings.retention_floor);
  }
  static void PutKept(Writer& writer, const KeptAttributes& kept) {
    writer.U8(static_cast<uint8_t>(kept.fifo_throughput_limit));
    // Zero: not set.
    writer.Put(kept.kms_data_key_reuse_period.value_or(absl::ZeroDuration()));
    writer.Text(kept.kms_master_key_id);
    PutJson(writer, kept.policy);
    PutJson(writer, kept.redrive_allow_policy);
    PutJson(writer, kept.redrive_policy.json);
    writer.U8(kept.sqs_managed_sse ? 1 : 0);
  }
  static void PutTags(Writer& writer, const QueueTags& tags) {
    writer.U32(static_cast<uint32_t>(tags.size()));
    for (const auto& [key, value] : tags) {
      writer.Text(key);
      writer.Text(value);
    }
  }
  static void PutJson(Writer& writer, const JsonText& json) {
    writer.Text(json.text);
    writer.Text(json.canonical);
  }
  template <typename QueueRecord>
  static void PutMessage(Writer& writer, const QueueRecord& record) {
    writer.Put(record.queue);
    writer.U32(record.slot);
    writer.Put(record.sequence);
  }
  absl::string_view body;
};

template <typename QueueRecord>
QueueRecord ReadMessage(Reader& reader) {
  QueueRecord record;
  record.queue = reader.Queue();
  record.slot = reader.U32();
  record.sequence = reader.Sequence();
  return record;
}

DedupScope ReadScope(Reader& reader) {
  return reader.Flag() ? DedupScope::kMessageGroup : DedupScope::kQueue;
}

ShardPut ReadShardPut(Reader& reader) {
  ShardPut put;
  for (uint8_t& byte : put.receipt_key) byte = reader.U8();
  put.start_number = reader.U64();
  put.next_queue = reader.Queue();
  put.newest_record_at = reader.Instant();
  return put;
}

QueueSettings ReadSettings(Reader& reader) {
  QueueSettings settings;
  QueueAttributes& attributes = settings.attributes;
  attributes.delay = reader.Span();
  attributes.message_bytes_max = reader.U32();
  attributes.retention = reader.Span();
  attributes.receive_wait = reader.Span();
  attributes.visibility_timeout = reader.Span();
  attributes.content_based_dedup = reader.Flag();
  attributes.dedup_scope = ReadScope(reader);
  settings.delay_floor.sent_at = reader.Instant();
  settings.delay_floor.sequence = reader.Sequence();
  settings.retention_floor = reader.Instant();
  return settings;
}

JsonText ReadJson(Reader& reader) {
  return {.text = std::string(reader.Text()), .canonical = std::string(reader.Text())};
}

// At least one, in the order of their keys.
QueueTags ReadTags(Reader& reader) {
  QueueTags tags;
  const uint32_t count = reader.U32();
  if (count == 0 || count > kQueueTagsMax) reader.Fail();
  for (uint32_t i = 0; i < count && !reader.failed(); ++i) {
    std::string key(reader.Text());
    if (!tags.empty() && key <= tags.rbegin()->first) reader.Fail();
    tags.emplace_hint(tags.end(), std::move(key), reader.Text());
  }
  return tags;
}

KeptAttributes ReadKept(uint8_t flags, Reader& reader) {
  KeptAttributes kept;
  kept.fifo_throughput_limit =
      reader.Flag() ? FifoThroughputLimit::kPerMessageGroupId : FifoThroughputLimit::kPerQueue;
  if (const absl::Duration period = reader.Span(); period != absl::ZeroDuration()) {
    kept.kms_data_key_reuse_period = period;
  }
  kept.kms_master_key_id = std::string(reader.Text());
  kept.policy = ReadJson(reader);
  kept.redrive_allow_policy = ReadJson(reader);
  kept.redrive_policy.json = ReadJson(reader);
  kept.sqs_managed_sse = reader.Flag();
  if ((flags & kHasTags) != 0) kept.tags = ReadTags(reader);
  if ((flags & kHasDeadLetterQueue) != 0) {
    kept.redrive_policy.dead_letter_queue = std::string(reader.Text());
    if (kept.redrive_policy.dead_letter_queue.empty()) reader.Fail();
  }
  return kept;
}

absl::StatusOr<Record> ReadQueuePut(Reader& reader) {
  const QueueId queue = reader.Queue();
  TWINQ_ASSIGN_OR_RETURN(QueueName name, QueueName::Parse(reader.Text()));
  QueuePut put{.queue = queue,
               .name = std::move(name),
               .settings = ReadSettings(reader),
               .dedup_scope = ReadScope(reader),
               .created_at = reader.Instant(),
               .modified_at = reader.Instant(),
               .purged_at = reader.Instant()};
  const uint8_t flags = reader.U8();
  const bool is_kept = (flags & kHasKept) != 0;
  if (flags > (kHasKept | kHasTags | kHasDeadLetterQueue) || (flags != 0 && !is_kept)) {
    reader.Fail();
  } else if (is_kept) {
    put.kept = std::make_shared<const KeptAttributes>(ReadKept(flags, reader));
  }
  return put;
}

absl::StatusOr<Record> ReadDeletedNamePut(Reader& reader) {
  const QueueId queue = reader.Queue();
  TWINQ_ASSIGN_OR_RETURN(QueueName name, QueueName::Parse(reader.Text()));
  return DeletedNamePut{.queue = queue, .name = std::move(name), .deleted_at = reader.Instant()};
}

Purged ReadPurged(Reader& reader) {
  return {.queue = reader.Queue(), .through = reader.Sequence(), .purged_at = reader.Instant()};
}

SlotsFreed ReadSlotsFreed(Reader& reader) {
  return {.queue = reader.Queue(), .through = reader.Sequence()};
}

absl::StatusOr<DecodedRecord> ReadMessagePut(Reader& reader) {
  MessagePut put = ReadMessage<MessagePut>(reader);
  put.id = reader.Id();
  put.sent_at = reader.Instant();
  put.available_at = reader.Instant();
  if (const absl::string_view group = reader.Text(); !group.empty()) {
    TWINQ_ASSIGN_OR_RETURN(put.group, GroupId::Parse(group));
  }
  const uint8_t flags = reader.U8();
  if (flags > (kIsFifo | kHasDedup | kWasReceived)) reader.Fail();
  put.kind = (flags & kIsFifo) != 0 ? QueueKind::kFifo : QueueKind::kStandard;
  if ((flags & kHasDedup) != 0) put.dedup = reader.Key();
  if ((flags & kWasReceived) != 0) {
    put.receive_count = reader.U32();
    put.first_received_after_ms = reader.U32();
    if (put.receive_count == 0) reader.Fail();
  }
  put.body_bytes = reader.U32();
  const absl::string_view body = reader.Take(put.body_bytes);
  return DecodedRecord{std::move(put), body};
}

DedupPut ReadDedupPut(Reader& reader) {
  return {.queue = reader.Queue(),
          .key = reader.Key(),
          .first_sent_at = reader.Instant(),
          .id = reader.Id(),
          .sequence = reader.Sequence()};
}

Delivered ReadDelivered(Reader& reader) {
  Delivered delivered = ReadMessage<Delivered>(reader);
  delivered.delivery = reader.U32();
  delivered.received_at = reader.Instant();
  delivered.visible_at = reader.Instant();
  return delivered;
}

VisibilitySet ReadVisibilitySet(Reader& reader) {
  VisibilitySet set = ReadMessage<VisibilitySet>(reader);
  set.visible_at = reader.Instant();
  return set;
}

absl::StatusOr<DecodedRecord> Read(RecordType type, Reader& reader) {
  switch (type) {
    case RecordType::kShardPut:
      return DecodedRecord{ReadShardPut(reader), {}};
    case RecordType::kQueuePut: {
      TWINQ_ASSIGN_OR_RETURN(Record record, ReadQueuePut(reader));
      return DecodedRecord{std::move(record), {}};
    }
    case RecordType::kQueueRemoved:
      return DecodedRecord{QueueRemoved{reader.Queue()}, {}};
    case RecordType::kDeletedNamePut: {
      TWINQ_ASSIGN_OR_RETURN(Record record, ReadDeletedNamePut(reader));
      return DecodedRecord{std::move(record), {}};
    }
    case RecordType::kMessagePut:
      return ReadMessagePut(reader);
    case RecordType::kDedupPut:
      return DecodedRecord{ReadDedupPut(reader), {}};
    case RecordType::kDelivered:
      return DecodedRecord{ReadDelivered(reader), {}};
    case RecordType::kVisibilitySet:
      return DecodedRecord{ReadVisibilitySet(reader), {}};
    case RecordType::kMessageRemoved:
      return DecodedRecord{ReadMessage<MessageRemoved>(reader), {}};
    case RecordType::kPurged:
      return DecodedRecord{ReadPurged(reader), {}};
    case RecordType::kSlotsFreed:
      return DecodedRecord{ReadSlotsFreed(reader), {}};
  }
  return absl::InvalidArgumentError("the record has an unknown type");
}

// What the copy of a message takes beside its content if it was never received, and of a send.
constexpr uint64_t kMessageCopyBytes = 62;
constexpr uint64_t kDedupCopyBytes = 57;

}  // namespace

uint64_t EncodedBytes(const QueueFootprint& footprint) {
  return footprint.messages * kMessageCopyBytes + footprint.content_bytes +
         footprint.dedup_entries * kDedupCopyBytes;
}

uint64_t EncodedBytes(const KeptAttributes& kept) {
  uint64_t bytes = kept.kms_master_key_id.size();
  for (const JsonText* json :
       {&kept.policy, &kept.redrive_allow_policy, &kept.redrive_policy.json}) {
    bytes += json->text.size() + json->canonical.size();
  }
  bytes += kept.redrive_policy.dead_letter_queue.size();
  for (const auto& [key, value] : kept.tags) bytes += key.size() + value.size();
  return bytes;
}

std::string EncodeRecord(const Record& record, absl::string_view body) {
  return std::visit(Encoder{body}, record);
}

absl::StatusOr<DecodedRecord> DecodeRecord(absl::string_view bytes) {
  Reader reader(bytes);
  const auto type = static_cast<RecordType>(reader.U8());
  TWINQ_ASSIGN_OR_RETURN(DecodedRecord decoded, Read(type, reader));
  TWINQ_RETURN_IF_ERROR(reader.Finish());
  return decoded;
}

}  // namespace twinq
