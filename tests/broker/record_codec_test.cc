#include "broker/record_codec.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/messages.h"
#include "tests/support/seed.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

struct RecordCase {
  std::string name;
  Record record;
  std::string body;
};

MessagePut FullMessagePut() {
  return {.queue = QueueId(0x0102030405060708),
          .slot = 0x11223344,
          .sequence = SequenceNumber(0x8899AABBCCDDEEFF),
          .id = MessageId::FromBits(1, 2),
          .sent_at = At(absl::Nanoseconds(7)),
          .available_at = At(absl::Nanoseconds(8)),
          .group = Group("orders"),
          .dedup = Dedup(9),
          .body_bytes = 5,
          .body = {}};
}

MessagePut CopiedMessagePut() {
  MessagePut put = FullMessagePut();
  put.kind = QueueKind::kFifo;
  put.dedup = {};
  put.receive_count = 3;
  put.first_received_after_ms = 4;
  return put;
}

MessagePut PlainMessagePut() {
  MessagePut put = FullMessagePut();
  put.group = {};
  put.dedup = {};
  put.body_bytes = 0;
  return put;
}

QueueSettings FullSettings() {
  return {.attributes = {.delay = absl::Seconds(1),
                         .message_bytes_max = 2'000,
                         .retention = absl::Seconds(61),
                         .receive_wait = absl::Nanoseconds(1),
                         .visibility_timeout = absl::Hours(12),
                         .content_based_dedup = true,
                         .dedup_scope = DedupScope::kMessageGroup},
          .delay_floor = {At(absl::Seconds(4)), SequenceNumber(5)},
          .retention_floor = At(absl::Seconds(5))};
}

KeptAttributes FullKept() {
  return {.fifo_throughput_limit = FifoThroughputLimit::kPerMessageGroupId,
          .kms_data_key_reuse_period = absl::Minutes(2),
          .kms_master_key_id = "alias/a",
          .policy = {.text = "{ }", .canonical = "{}"},
          .redrive_allow_policy = {.text = "{\"a\": 1}", .canonical = "{\"a\":1}"},
          .redrive_policy = {.json = {.text = "{\"b\": 2}", .canonical = "{\"b\":2}"},
                             .dead_letter_queue = "dead.fifo"},
          .sqs_managed_sse = false,
          .tags = {{"empty", ""}, {"team", "a b"}}};
}

QueuePut PutWith(KeptAttributes kept) {
  return {.queue = QueueId(1),
          .name = Name("jobs"),
          .settings = {},
          .created_at = {},
          .modified_at = {},
          .kept = std::make_shared<const KeptAttributes>(std::move(kept))};
}

std::vector<RecordCase> OneOfEachType() {
  return {
      {"ShardPut",
       ShardPut{.receipt_key = {1, 2, 3, 0xFF},
                .start_number = 3,
                .next_queue = QueueId(8),
                .newest_record_at = At(absl::Seconds(9))},
       ""},
      {"QueuePut",
       QueuePut{.queue = QueueId(1),
                .name = Name("jobs.fifo"),
                .settings = FullSettings(),
                .dedup_scope = DedupScope::kQueue,
                .created_at = At(absl::Seconds(1)),
                .modified_at = At(absl::Seconds(2)),
                .purged_at = At(absl::Seconds(3)),
                .kept = std::make_shared<const KeptAttributes>(FullKept())},
       ""},
      {"DeletedNamePut",
       DeletedNamePut{
           .queue = QueueId(1), .name = Name("jobs"), .deleted_at = At(absl::Seconds(1))},
       ""},
      {"QueueRemoved", QueueRemoved{.queue = QueueId(~uint64_t{0})}, ""},
      {"MessagePut", FullMessagePut(), std::string("he\0lo", 5)},
      {"MessagePutWithoutAnything", PlainMessagePut(), ""},
      {"MessagePutOfACopy", CopiedMessagePut(), "hello"},
      {"DedupPut",
       DedupPut{.queue = QueueId(1),
                .key = Dedup(2),
                .first_sent_at = At(absl::Seconds(3)),
                .id = MessageId::FromBits(4, 5),
                .sequence = SequenceNumber(6)},
       ""},
      {"Delivered",
       Delivered{.queue = QueueId(1),
                 .slot = 2,
                 .sequence = SequenceNumber(3),
                 .delivery = 4,
                 .received_at = At(absl::Seconds(5)),
                 .visible_at = At(absl::Seconds(6))},
       ""},
      {"VisibilitySet",
       VisibilitySet{.queue = QueueId(1),
                     .slot = 2,
                     .sequence = SequenceNumber(3),
                     .visible_at = Timestamp::Past()},
       ""},
      {"MessageRemoved",
       MessageRemoved{.queue = QueueId(1), .slot = 2, .sequence = SequenceNumber(3)}, ""},
      {"Purged",
       Purged{.queue = QueueId(1),
              .through = SequenceNumber(~uint64_t{0}),
              .purged_at = At(absl::Seconds(1))},
       ""},
      {"SlotsFreed", SlotsFreed{.queue = QueueId(1), .through = SequenceNumber(3)}, ""},
  };
}

class RecordCodecTest : public ::testing::TestWithParam<RecordCase> {
 protected:
  static std::string Encoded() { return EncodeRecord(GetParam().record, GetParam().body); }

  // What is no record is refused; what is one is exactly what encoding it makes.
  static void ExpectRefusedOrExact(const std::string& bytes) {
    const auto decoded = DecodeRecord(bytes);
    if (decoded.ok()) {
      EXPECT_EQ(EncodeRecord(decoded->record, decoded->body), bytes);
    } else {
      EXPECT_THAT(decoded, StatusIs(absl::StatusCode::kInvalidArgument));
    }
  }
};

TEST_P(RecordCodecTest, ComesBackAsItWas) {
  const std::string bytes = Encoded();
  const auto decoded = DecodeRecord(bytes);

  ASSERT_THAT(decoded, IsOk());
  EXPECT_EQ(decoded->record.index(), GetParam().record.index());
  EXPECT_EQ(decoded->body, GetParam().body);
  EXPECT_EQ(EncodeRecord(decoded->record, decoded->body), bytes);
}

TEST_P(RecordCodecTest, CutShortAnywhereItIsRefused) {
  const std::string bytes = Encoded();

  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeRecord(absl::string_view(bytes).substr(0, size)),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << size << " of " << bytes.size() << " bytes";
  }
}

TEST_P(RecordCodecTest, WithBytesBehindItsEndItIsRefused) {
  for (const char more : {'\0', 'x', '\xFF'}) {
    EXPECT_THAT(DecodeRecord(Encoded() + more), StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST_P(RecordCodecTest, WithOneByteChangedItIsRefusedOrExact) {
  const std::string bytes = Encoded();
  for (size_t place = 0; place < bytes.size(); ++place) {
    for (int change = 1; change < 256; ++change) {
      std::string changed = bytes;
      changed[place] = static_cast<char>(changed[place] ^ change);
      ExpectRefusedOrExact(changed);
    }
  }
}

TEST_P(RecordCodecTest, WithManyBytesChangedItIsRefusedOrExact) {
  for (const uint64_t seed : SeedsOfRounds(500)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    std::string bytes = Encoded();
    for (uint64_t i = 1 + random.Below(8); i > 0; --i) {
      bytes[random.Below(bytes.size())] = static_cast<char>(random.Next());
    }
    bytes.resize(bytes.size() + random.Below(3));
    ExpectRefusedOrExact(bytes);
  }
}

INSTANTIATE_TEST_SUITE_P(Types, RecordCodecTest, ::testing::ValuesIn(OneOfEachType()),
                         [](const auto& test) { return test.param.name; });

TEST(RecordFieldsTest, EveryFieldOfAMessagePutComesBack) {
  const std::string bytes = EncodeRecord(FullMessagePut(), "hello");

  const auto decoded = DecodeRecord(bytes);

  ASSERT_THAT(decoded, IsOk());
  const auto& put = std::get<MessagePut>(decoded->record);
  EXPECT_EQ(put.queue, FullMessagePut().queue);
  EXPECT_EQ(put.slot, FullMessagePut().slot);
  EXPECT_EQ(put.sequence, FullMessagePut().sequence);
  EXPECT_EQ(put.id, FullMessagePut().id);
  EXPECT_EQ(put.sent_at, FullMessagePut().sent_at);
  EXPECT_EQ(put.available_at, FullMessagePut().available_at);
  EXPECT_EQ(put.group, FullMessagePut().group);
  EXPECT_EQ(put.dedup, FullMessagePut().dedup);
  EXPECT_EQ(put.body_bytes, 5u);
  EXPECT_EQ(decoded->body, "hello");
}

TEST(RecordFieldsTest, EveryFieldOfAQueuePutComesBack) {
  const auto decoded = DecodeRecord(EncodeRecord(OneOfEachType()[1].record, ""));

  ASSERT_THAT(decoded, IsOk());
  const auto& put = std::get<QueuePut>(decoded->record);
  EXPECT_EQ(put.queue, QueueId(1));
  EXPECT_EQ(put.name, Name("jobs.fifo"));
  EXPECT_EQ(put.settings, FullSettings());
  EXPECT_EQ(put.dedup_scope, DedupScope::kQueue);
  EXPECT_EQ(put.created_at, At(absl::Seconds(1)));
  EXPECT_EQ(put.modified_at, At(absl::Seconds(2)));
  EXPECT_EQ(put.purged_at, At(absl::Seconds(3)));
  ASSERT_NE(put.kept, nullptr);
  EXPECT_EQ(*put.kept, FullKept());
  EXPECT_EQ(put.kept->policy.text, "{ }");
  EXPECT_EQ(put.kept->redrive_policy.dead_letter_queue, "dead.fifo");
}

TEST(RecordFieldsTest, EveryFieldOfAShardPutComesBack) {
  const auto decoded = DecodeRecord(EncodeRecord(OneOfEachType()[0].record, ""));

  ASSERT_THAT(decoded, IsOk());
  const auto& put = std::get<ShardPut>(decoded->record);
  EXPECT_EQ(put.receipt_key, (ReceiptKey{1, 2, 3, 0xFF}));
  EXPECT_EQ(put.start_number, 3u);
  EXPECT_EQ(put.next_queue, QueueId(8));
  EXPECT_EQ(put.newest_record_at, At(absl::Seconds(9)));
}

TEST(RecordFieldsTest, EveryFieldOfACopyComesBack) {
  const auto message = DecodeRecord(EncodeRecord(CopiedMessagePut(), "hello"));
  ASSERT_THAT(message, IsOk());
  const auto& put = std::get<MessagePut>(message->record);
  EXPECT_EQ(put.kind, QueueKind::kFifo);
  EXPECT_EQ(put.dedup, std::nullopt);
  EXPECT_EQ(put.receive_count, 3u);
  EXPECT_EQ(put.first_received_after_ms, 4u);

  const auto dedup = DecodeRecord(EncodeRecord(OneOfEachType()[7].record, ""));
  ASSERT_THAT(dedup, IsOk());
  const auto& sent = std::get<DedupPut>(dedup->record);
  EXPECT_EQ(sent.queue, QueueId(1));
  EXPECT_EQ(sent.key, Dedup(2));
  EXPECT_EQ(sent.first_sent_at, At(absl::Seconds(3)));
  EXPECT_EQ(sent.id, MessageId::FromBits(4, 5));
  EXPECT_EQ(sent.sequence, SequenceNumber(6));
}

TEST(EncodedBytesTest, IsWhatCopiesOfAllHave) {
  MessagePut message = FullMessagePut();
  message.dedup = {};
  const std::string first = EncodeRecord(message, "hello");
  const std::string second = EncodeRecord(PlainMessagePut(), "");
  const std::string dedup = EncodeRecord(OneOfEachType()[7].record, "");

  EXPECT_EQ(EncodedBytes({.messages = 2,
                          .content_bytes = absl::string_view("helloorders").size(),
                          .dedup_entries = 1}),
            first.size() + second.size() + dedup.size());
}

TEST(RecordFieldsTest, EveryFieldOfADeliveredComesBack) {
  const auto decoded = DecodeRecord(EncodeRecord(OneOfEachType()[8].record, ""));

  ASSERT_THAT(decoded, IsOk());
  const auto& delivered = std::get<Delivered>(decoded->record);
  EXPECT_EQ(delivered.queue, QueueId(1));
  EXPECT_EQ(delivered.slot, 2u);
  EXPECT_EQ(delivered.sequence, SequenceNumber(3));
  EXPECT_EQ(delivered.delivery, 4u);
  EXPECT_EQ(delivered.received_at, At(absl::Seconds(5)));
  EXPECT_EQ(delivered.visible_at, At(absl::Seconds(6)));
}

// The bytes of a record are a format: data of earlier versions must stay readable.
TEST(RecordFormatTest, IsWhatIsDocumented) {
  const Record record =
      MessageRemoved{.queue = QueueId(0x0201), .slot = 3, .sequence = SequenceNumber(4)};

  EXPECT_EQ(EncodeRecord(record, ""),
            std::string("\x07\x01\x02\0\0\0\0\0\0\x03\0\0\0\x04\0\0\0\0\0\0\0", 21));
}

// Those were written before queues had tags.
TEST(RecordFormatTest, WithoutTagsAQueuePutEndsWithTheOtherKeptAttributes) {
  const std::string tagged = EncodeRecord(PutWith({.tags = {{"k", "v"}}}), "");
  const std::string untagged = EncodeRecord(PutWith({}), "");

  const size_t tags_bytes = absl::string_view("nnnnllllkllllv").size();
  ASSERT_EQ(tagged.size(), untagged.size() + tags_bytes);
  EXPECT_EQ(tagged.substr(untagged.size()), std::string("\1\0\0\0\1\0\0\0k\1\0\0\0v", tags_bytes));
  QueuePut plain = PutWith({});
  plain.kept = nullptr;
  const size_t flags = EncodeRecord(plain, "").size() - 1;
  EXPECT_EQ(untagged[flags], 1);
  EXPECT_EQ(tagged[flags], 3);
}

TEST(RecordFormatTest, TheDeadLetterQueueStandsAtTheEndOfAQueuePut) {
  const RedrivePolicy policy{.json = {}, .dead_letter_queue = "dead"};
  const std::string named = EncodeRecord(PutWith({.redrive_policy = policy}), "");
  const std::string unnamed = EncodeRecord(PutWith({}), "");

  EXPECT_EQ(named.substr(unnamed.size()), std::string("\4\0\0\0dead", 8));
  const std::string with_tags =
      EncodeRecord(PutWith({.redrive_policy = policy, .tags = {{"k", "v"}}}), "");
  EXPECT_EQ(with_tags.substr(with_tags.size() - 8), std::string("\4\0\0\0dead", 8));
}

TEST(RecordFormatTest, TagsInAnyOtherFormAreRefused) {
  const std::string tagged = EncodeRecord(PutWith({.tags = {{"a", ""}, {"b", ""}}}), "");
  const auto with = [&](size_t from_end, char byte) {
    std::string changed = tagged;
    changed[changed.size() - from_end] = byte;
    return DecodeRecord(changed).status();
  };
  ASSERT_THAT(DecodeRecord(tagged), IsOk());

  EXPECT_THAT(with(5, 'a'), StatusIs(absl::StatusCode::kInvalidArgument)) << "a key twice";
  EXPECT_THAT(with(5, 'A'), StatusIs(absl::StatusCode::kInvalidArgument)) << "out of order";
  EXPECT_THAT(with(22, 0), StatusIs(absl::StatusCode::kInvalidArgument)) << "no tags";
  EXPECT_THAT(with(22, 51), StatusIs(absl::StatusCode::kInvalidArgument)) << "too many";
}

TEST(RecordFormatTest, InstantsThatNoClockShowsAreRefused) {
  Purged purged{QueueId(1), SequenceNumber(1), Timestamp::Infinite() + -absl::Hours(24'000)};
  EXPECT_TRUE(DecodeRecord(EncodeRecord(purged, "")).ok());
  for (const Timestamp instant :
       {Timestamp::Infinite() + -absl::Hours(23'999), Timestamp::Infinite()}) {
    purged.purged_at = instant;
    EXPECT_THAT(DecodeRecord(EncodeRecord(purged, "")).status(),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST(RecordFormatTest, UnknownTypesAreRefused) {
  for (int type = 0; type < 256; ++type) {
    if (type >= 1 && type <= 7) continue;
    EXPECT_THAT(DecodeRecord(std::string(1, static_cast<char>(type)) + std::string(40, '\0')),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST(RecordFormatTest, GarbageIsRefusedOrExact) {
  for (const uint64_t seed : SeedsOfRounds(5'000)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    std::string bytes(random.Below(120), '\0');
    for (char& byte : bytes) byte = static_cast<char>(random.Next());
    if (!bytes.empty()) bytes[0] = static_cast<char>(random.Below(9));
    const auto decoded = DecodeRecord(bytes);
    if (decoded.ok()) {
      EXPECT_EQ(EncodeRecord(decoded->record, decoded->body), bytes);
    }
  }
}

}  // namespace
}  // namespace twinq
