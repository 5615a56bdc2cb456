#include "broker/log_contents.h"

#include <vector>

#include "gtest/gtest.h"

#include "tests/support/messages.h"

namespace twinq {
namespace {

constexpr QueueId kQueue(7);
constexpr uint64_t kStretchBytes = 100;

Record Message(uint32_t slot, std::optional<DedupKey> dedup = std::nullopt) {
  return MessagePut{.queue = kQueue,
                    .slot = slot,
                    .sequence = SequenceNumber(1'000 + slot),
                    .id = {},
                    .sent_at = {},
                    .available_at = {},
                    .group = {},
                    .dedup = dedup,
                    .body = {}};
}
LogItem MessageIn(uint32_t slot) {
  return MessageItem{.queue = kQueue, .sequence = SequenceNumber(1'000 + slot), .slot = slot};
}

class LogContentsTest : public ::testing::Test {
 protected:
  // The records take a stretch, and end at this position.
  void Append(const std::vector<Record>& records, uint64_t end) {
    for (const Record& record : records) contents_.Note(record);
    contents_.NoteAppended(JournalPosition(end), kStretchBytes);
  }
  // The items from the oldest on, which are all taken out.
  std::vector<LogItem> TakeAll() {
    std::vector<LogItem> items;
    while (const std::optional<LogItem> item = contents_.Oldest()) {
      items.push_back(*item);
      contents_.RemoveOldest();
    }
    return items;
  }
  uint64_t head() const { return contents_.head().value(); }

  LogContents contents_{kStretchBytes};
};

TEST_F(LogContentsTest, NothingLeavesTheOpenStretch) {
  contents_.Note(Message(1));
  contents_.NoteAppended(JournalPosition(5), kStretchBytes - 1);

  EXPECT_EQ(contents_.Oldest(), std::nullopt);
  EXPECT_EQ(head(), 0u);
  EXPECT_EQ(contents_.bytes(), kStretchBytes - 1);
}

TEST_F(LogContentsTest, ItemsComeOutFromTheOldestStretchOn) {
  Append({Message(1), Message(2)}, 10);
  Append({Message(3)}, 20);

  EXPECT_EQ(TakeAll(), (std::vector<LogItem>{MessageIn(1), MessageIn(2), MessageIn(3)}));
}

TEST_F(LogContentsTest, TheHeadIsWhereTheOldestItemsStretchBegins) {
  Append({Message(1), Message(2)}, 10);
  Append({Message(3)}, 20);
  contents_.Oldest();
  contents_.RemoveOldest();

  contents_.Oldest();
  EXPECT_EQ(head(), 0u);
  contents_.RemoveOldest();
  contents_.Oldest();
  EXPECT_EQ(head(), 10u);
  EXPECT_EQ(contents_.bytes(), kStretchBytes);
  contents_.RemoveOldest();
  contents_.Oldest();
  EXPECT_EQ(head(), 20u);
  EXPECT_EQ(contents_.bytes(), 0u);
}

TEST_F(LogContentsTest, AStretchWithoutItemsIsPassed) {
  Append({QueueRemoved{kQueue}, MessageRemoved{kQueue, 1, SequenceNumber(2)}}, 10);

  EXPECT_EQ(contents_.Oldest(), std::nullopt);
  EXPECT_EQ(head(), 10u);
}

TEST_F(LogContentsTest, ASendWithAKeyIsTwoItems) {
  Append({Message(1, Dedup(1))}, 10);

  const LogItem dedup = DedupItem{.queue = kQueue, .sequence = SequenceNumber(1'001)};
  EXPECT_EQ(TakeAll(), (std::vector<LogItem>{MessageIn(1), dedup}));
}

TEST_F(LogContentsTest, OfAQueueAndOfTheShardOnlyTheNewestRecordCounts) {
  const QueuePut put{
      .queue = kQueue, .name = Name("jobs"), .settings = {}, .created_at = {}, .modified_at = {}};
  Append({ShardPut(), put}, 10);
  Append({put, ShardPut()}, 20);

  EXPECT_EQ(contents_.Oldest(), LogItem(QueueItem{kQueue}));
  EXPECT_EQ(head(), 10u);
  EXPECT_EQ(TakeAll(), (std::vector<LogItem>{QueueItem{kQueue}, ShardItem()}));

  Append({put}, 30);
  EXPECT_EQ(TakeAll(), (std::vector<LogItem>{QueueItem{kQueue}}));
}

TEST_F(LogContentsTest, OfAMessageThatReplayFindsTwiceTheLaterRecordCounts) {
  Append({Message(1, Dedup(1)), Message(2)}, 10);
  contents_.NoteCopy(Message(1));
  contents_.NoteCopy(DedupPut{.queue = kQueue,
                              .key = Dedup(1),
                              .first_sent_at = {},
                              .id = {},
                              .sequence = SequenceNumber(1'001)});
  contents_.NoteAppended(JournalPosition(20), kStretchBytes);

  EXPECT_EQ(contents_.Oldest(), MessageIn(2));
  const LogItem dedup = DedupItem{.queue = kQueue, .sequence = SequenceNumber(1'001)};
  EXPECT_EQ(TakeAll(), (std::vector<LogItem>{MessageIn(2), MessageIn(1), dedup}));
}

}  // namespace
}  // namespace twinq
