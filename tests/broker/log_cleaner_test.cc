// How long the log of a shard gets, and what its beginning may lose.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "broker/shard.h"
#include "journal/memory_journal.h"
#include "journal/volatile_journal.h"
#include "tests/broker/journal_spy.h"
#include "tests/broker/shard_driver.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

constexpr uint64_t kSlackBytes = 16 << 10;
constexpr LogCleaner::Options kCleaning = {.slack_bytes = kSlackBytes, .stretch_bytes = 1 << 10};
const std::string kBody(200, 'b');

class LogCleanerTest : public ::testing::Test {
 protected:
  LogCleanerTest() {
    auto journal = std::make_unique<MemoryJournal>();
    journal_.Watch(std::move(journal), JournalPosition());
    driver_ = std::make_unique<ShardDriver>(journal_, kCleaning);
    EXPECT_TRUE(driver_->Start().ok());
    const SentCommand& standard = driver_->Create("jobs");
    const SentCommand& fifo = driver_->Create("jobs.fifo");
    driver_->Sync();
    standard_ = standard.created();
    fifo_ = fifo.created();
  }

  void Send(int count) {
    for (int i = 0; i < count; ++i) {
      driver_->Send(standard_, kBody);
      driver_->Sync();
    }
  }
  // Sends, receives and deletes one message after the other.
  void Cycle(int count) {
    for (int i = 0; i < count; ++i) {
      driver_->Send(standard_, kBody);
      const SentCommand& receive = driver_->Receive(standard_);
      driver_->Sync();
      driver_->Delete(standard_, receive.delivery().receipt);
      driver_->Sync();
    }
  }
  // As an idle server would: until nothing is left to do.
  void Idle() {
    while (driver_->Advance() <= driver_->now()) driver_->Sync();
    driver_->Sync();
  }
  // Of records that the journal has not been told to drop.
  uint64_t LogBytes() const {
    uint64_t bytes = 0;
    for (const JournalSpy::Appended& record : journal_.appended()) {
      if (record.behind > journal_.head()) bytes += record.bytes.size();
    }
    return bytes;
  }
  uint64_t LiveBytes() { return driver_->shard().broker().live_bytes(); }

  JournalSpy journal_;
  std::unique_ptr<ShardDriver> driver_;
  QueueId standard_;
  QueueId fifo_;
};

TEST_F(LogCleanerTest, TheBeginningOfALogOfDeadMessagesIsDroppedAtOnce) {
  Cycle(100);

  // The queues and the shard were appended first, and keep what follows: within the slack.
  EXPECT_LT(LogBytes(), LiveBytes() * 2 + kSlackBytes);
  const JournalPosition before = journal_.head();
  Cycle(100);
  EXPECT_GT(journal_.head(), before);
}

TEST_F(LogCleanerTest, TheLogStaysBelowTwiceWhatCountsAndTheSlack) {
  Send(500);
  for (int i = 0; i < 30; ++i) {
    Cycle(20);
    ASSERT_LT(LogBytes(), LiveBytes() * 2 + kSlackBytes);
  }
  EXPECT_GT(LiveBytes(), 500 * kBody.size());
}

TEST_F(LogCleanerTest, AfterAPurgeAnIdleServerDropsTheLog) {
  Send(2'000);
  ASSERT_GT(LogBytes(), 2'000 * kBody.size());

  driver_->Execute(PurgeQueue{.queue = standard_});
  driver_->Sync();
  Idle();

  EXPECT_LT(LogBytes(), kSlackBytes * 2);
}

TEST_F(LogCleanerTest, ALogThatIsShortEnoughIsLeftAlone) {
  Send(1'000);
  Idle();
  const size_t appended = journal_.appended().size();

  Idle();

  EXPECT_EQ(journal_.appended().size(), appended);
  EXPECT_EQ(journal_.head(), JournalPosition());
}

TEST_F(LogCleanerTest, NothingIsDroppedBeforeWhatMadeItNeedlessIsDurable) {
  Send(300);
  driver_->Execute(PurgeQueue{.queue = standard_});
  driver_->Flush();
  const JournalPosition before = journal_.head();
  driver_->Advance();
  driver_->Flush();
  EXPECT_EQ(journal_.head(), before) << "the purge is not durable yet";

  driver_->Sync();

  EXPECT_GT(journal_.head(), before);
}

TEST_F(LogCleanerTest, ADuplicateIsKnownThoughTheRecordOfItsOriginalWasDropped) {
  SentCommand& original = driver_->Send(fifo_, "original", "group", 77);
  driver_->Sync();
  const SentCommand& receive = driver_->Receive(fifo_);
  driver_->Sync();
  driver_->Delete(fifo_, receive.delivery().receipt);
  const JournalPosition behind_original = journal_.appended().back().behind;
  Cycle(200);
  ASSERT_GT(journal_.head(), behind_original);

  auto restarted = std::make_unique<ShardDriver>(journal_, kCleaning);
  ASSERT_TRUE(restarted->Start().ok());
  const SentCommand& duplicate = restarted->Send(fifo_, "duplicate", "group", 77);
  restarted->Sync();

  const auto result_of = [](const SentCommand& send) {
    return std::get<SentMessage>(std::get<MessagesSent>(send.reply).results.at(0));
  };
  EXPECT_EQ(result_of(duplicate).outcome, SentMessage::Outcome::kDuplicate);
  EXPECT_EQ(result_of(duplicate).sequence, result_of(original).sequence);
}

TEST_F(LogCleanerTest, TagsAreThereThoughTheRecordThatSetThemWasDropped) {
  driver_->Execute(TagQueue{.queue = standard_, .tags = {{"team", "a"}}});
  driver_->Sync();
  const JournalPosition behind_tags = journal_.appended().back().behind;
  Cycle(200);
  ASSERT_GT(journal_.head(), behind_tags);

  auto restarted = std::make_unique<ShardDriver>(journal_, kCleaning);
  ASSERT_TRUE(restarted->Start().ok());
  const SentCommand& described = restarted->Execute(GetQueueAttributes{.queue = standard_});
  restarted->Sync();

  EXPECT_EQ(std::get<QueueDescription>(described.reply).kept.tags, (QueueTags{{"team", "a"}}));
}

TEST_F(LogCleanerTest, ADeletedNameIsKnownThoughTheRecordOfItsDeletionWasDropped) {
  driver_->Execute(DeleteQueue{fifo_});
  driver_->Sync();
  const JournalPosition behind_deletion = journal_.appended().back().behind;
  Cycle(200);
  ASSERT_GT(journal_.head(), behind_deletion);

  auto restarted = std::make_unique<ShardDriver>(journal_, kCleaning);
  ASSERT_TRUE(restarted->Start().ok());
  const SentCommand& created = restarted->Create("jobs.fifo");
  restarted->Sync();

  EXPECT_EQ(created.heard(), "QueueDeletedRecently(,)");
}

TEST_F(LogCleanerTest, AVolatileJournalIsNotCleaned) {
  VolatileJournal journal;
  ShardDriver driver(journal, kCleaning);
  ASSERT_TRUE(driver.Start().ok());
  const QueueId queue = driver.Create("jobs").created();
  for (int i = 0; i < 300; ++i) driver.Send(queue, kBody);
  driver.Sync();

  EXPECT_GT(driver.Advance(), driver.now());
}

}  // namespace
}  // namespace twinq
