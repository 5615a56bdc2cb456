#include "broker/replay_check.h"

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "broker/record_codec.h"
#include "broker/shard.h"
#include "core/model/group_id.h"
#include "core/model/queue_name.h"
#include "journal/memory_journal.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

using ::testing::HasSubstr;

constexpr QueueId kJobs(1);
constexpr QueueId kFifo(2);
constexpr QueueId kOther(3);

QueuePut PutOf(QueueId id, absl::string_view name) {
  return {.queue = id,
          .name = *QueueName::Parse(name),
          .settings = {},
          .created_at = {},
          .modified_at = {}};
}

MessagePut Message(QueueId queue, uint32_t slot, uint64_t sequence) {
  MessagePut put;
  put.queue = queue;
  put.slot = slot;
  put.sequence = SequenceNumber(sequence);
  return put;
}

MessagePut Job(uint32_t slot, uint64_t sequence) { return Message(kJobs, slot, sequence); }

MessagePut WithoutGroup() {
  MessagePut put = Message(kFifo, 0, 1);
  put.kind = QueueKind::kFifo;
  return put;
}

MessagePut FifoMessage(uint32_t slot, uint64_t sequence, absl::Duration sent) {
  MessagePut put = Message(kFifo, slot, sequence);
  put.kind = QueueKind::kFifo;
  put.sent_at = put.available_at = At(sent);
  put.group = *GroupId::Parse("g");
  put.dedup = DedupKey{.high = 1, .low = sequence};
  return put;
}

Delivered DeliveryOf(uint32_t slot, uint64_t sequence) {
  Delivered delivered;
  delivered.queue = kJobs;
  delivered.slot = slot;
  delivered.sequence = SequenceNumber(sequence);
  return delivered;
}

DedupPut Send(uint64_t sequence, absl::Duration sent) {
  return {.queue = kFifo,
          .key = {.high = 1, .low = sequence},
          .first_sent_at = At(sent),
          .id = {},
          .sequence = SequenceNumber(sequence)};
}

absl::Status Replayed(const std::vector<Record>& records) {
  MemoryJournal journal;
  for (const Record& record : records) {
    const std::string bytes = EncodeRecord(record, "");
    const absl::string_view text = bytes;
    EXPECT_TRUE(journal.Append(absl::MakeConstSpan(&text, 1)).ok());
  }
  return Shard(journal).Start(ReceiptKey());
}

struct ReplayCase {
  const char* name;
  std::vector<Record> records;
  const char* why = "";  // Of those that are refused.
};

class ImpossibleLogTest : public ::testing::TestWithParam<ReplayCase> {};

TEST_P(ImpossibleLogTest, IsRefused) {
  const absl::Status replayed = Replayed(GetParam().records);
  EXPECT_EQ(replayed.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(replayed.message(), HasSubstr(GetParam().why));
}

INSTANTIATE_TEST_SUITE_P(
    Logs, ImpossibleLogTest,
    ::testing::Values(
        ReplayCase{"NameOfAnother",
                   {PutOf(kJobs, "jobs"), PutOf(kOther, "jobs")},
                   "its name jobs is that of queue 1"},
        ReplayCase{"NameChanges",
                   {PutOf(kJobs, "jobs"), PutOf(kJobs, "tasks")},
                   "its name changes from jobs to tasks"},
        ReplayCase{"KindChanges",
                   {PutOf(kJobs, "jobs"), PutOf(kJobs, "jobs.fifo")},
                   "the queue's kind changes"},
        ReplayCase{"MessageOfTheOtherKind",
                   {PutOf(kFifo, "jobs"), FifoMessage(0, 1, absl::ZeroDuration())},
                   "the queue's kind changes"},
        ReplayCase{"DedupOnStandard",
                   {PutOf(kFifo, "jobs"), Send(1, absl::ZeroDuration())},
                   "the queue's kind changes"},
        ReplayCase{"Resurrected",
                   {PutOf(kJobs, "jobs"), QueueRemoved{kJobs}, Job(0, 1)},
                   "the queue was removed"},
        ReplayCase{"NoNumber", {Job(0, 0)}, "a send without a number"},
        ReplayCase{"NoGroup", {WithoutGroup()}, "without a group"},
        ReplayCase{"SlotTwice", {Job(0, 1), Job(0, 2)}, "message 2 in slot 0, which holds another"},
        ReplayCase{"SlotOfAnotherQueue",
                   {Job(0, 1), Message(kOther, 0, 1)},
                   "message 1 in slot 0, which holds another"},
        ReplayCase{"NoSlot", {Job(~uint32_t{0}, 1)}, "in slot 4294967295"},
        ReplayCase{"RemovedByAnotherQueue",
                   {Job(0, 1), MessageRemoved{kOther, 0, SequenceNumber(1)}},
                   "it has no message 1 in slot 0"},
        ReplayCase{"DeliveredOutOfReach",
                   {PutOf(kJobs, "jobs"), Job(0, 1), Purged{kJobs, SequenceNumber(1), At({})},
                    DeliveryOf(0, 1)},
                   "it has no message 1 in slot 0"},
        ReplayCase{"PurgedTooLittle",
                   {PutOf(kJobs, "jobs"), Job(0, 2), Purged{kJobs, SequenceNumber(1), At({})}},
                   "purged through 1, though 2 was sent"},
        ReplayCase{"SentBeforeThePurge",
                   {PutOf(kJobs, "jobs"), Purged{kJobs, SequenceNumber(5), At({})}, Job(0, 5)},
                   "send 5, purged before"},
        ReplayCase{"NumbersFall",
                   {FifoMessage(0, 2, absl::ZeroDuration()), FifoMessage(1, 1, absl::Seconds(1))},
                   "send 1 is out of the order of time"},
        ReplayCase{"TimeFalls",
                   {FifoMessage(0, 1, absl::Seconds(1)), FifoMessage(1, 2, absl::ZeroDuration())},
                   "send 2 is out of the order of time"},
        ReplayCase{"CopyLaterThanTheNext",
                   {FifoMessage(0, 2, absl::Seconds(1)), Send(1, absl::Seconds(2))},
                   "send 1 is out of the order of time"},
        ReplayCase{"CopiesContradict",
                   {PutOf(kFifo, "a.fifo"), Send(3, absl::Seconds(1)), Send(2, absl::Seconds(2))},
                   "send 2 is out of the order of time"}),
    [](const auto& test) { return test.param.name; });

class PossibleLogTest : public ::testing::TestWithParam<ReplayCase> {};

TEST_P(PossibleLogTest, IsReplayed) { EXPECT_EQ(Replayed(GetParam().records), absl::OkStatus()); }

INSTANTIATE_TEST_SUITE_P(
    Logs, PossibleLogTest,
    ::testing::Values(
        ReplayCase{"QueueBehindItsMessages", {Job(0, 1), PutOf(kJobs, "jobs")}},
        ReplayCase{"CopyOfAMessage", {Job(0, 1), Job(0, 1), PutOf(kJobs, "jobs")}},
        ReplayCase{"CopiesInAnyOrder",
                   {FifoMessage(0, 5, absl::Seconds(5)), Send(2, absl::Seconds(2)),
                    Send(1, absl::Seconds(2)), Send(2, absl::Seconds(2)), PutOf(kFifo, "a.fifo")}},
        ReplayCase{
            "ChangesOfTheUnknown",
            {MessageRemoved{kOther, 4, SequenceNumber(1)}, QueueRemoved{kOther}, DeliveryOf(9, 3)}},
        ReplayCase{"NameFreeAgain",
                   {PutOf(kJobs, "jobs"), QueueRemoved{kJobs}, PutOf(kOther, "jobs")}}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq
