// What a crash leaves, and what the next start makes of it.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "broker/shard.h"
#include "core/base/random.h"
#include "journal/memory_journal.h"
#include "tests/broker/shard_driver.h"
#include "tests/support/messages.h"
#include "tests/support/seed.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

class RestartTest : public ::testing::Test {
 protected:
  RestartTest() {
    const SentCommand& jobs = driver_->Create("jobs");
    const SentCommand& fifo = driver_->Create("jobs.fifo");
    driver_->Sync();
    jobs_ = jobs.created();
    fifo_ = fifo.created();
  }

  // The machine fails and comes back: only what was synced is left. Time goes on where it was.
  void Crash() {
    const absl::Duration passed = driver_->now() - At(absl::ZeroDuration());
    driver_.reset();
    journal_.LoseUnsynced();
    driver_ = ShardDriver::Started(journal_);
    driver_->Wait(passed);
  }
  std::string ReceiveAll(QueueId queue) {
    const SentCommand& receive = driver_->Receive(queue, 10);
    driver_->Sync();
    return receive.bodies();
  }

  MemoryJournal journal_;
  std::unique_ptr<ShardDriver> driver_ = ShardDriver::Started(journal_);
  QueueId jobs_;
  QueueId fifo_;
};

TEST_F(RestartTest, WhatWasAcknowledgedIsThereAndWhatWasNotIsLost) {
  driver_->Send(jobs_, "kept");
  driver_->Sync();
  driver_->Send(jobs_, "lost");
  driver_->Flush();

  Crash();

  EXPECT_EQ(ReceiveAll(jobs_), "kept");
}

TEST_F(RestartTest, ADeletedNameIsTakenUntilItsMinuteIsOver) {
  driver_->Execute(DeleteQueue{jobs_});
  driver_->Sync();
  driver_->Wait(kDeletedNameInterval - absl::Nanoseconds(1));

  Crash();

  const SentCommand& early = driver_->Create("jobs");
  driver_->Wait(absl::Nanoseconds(1));
  const SentCommand& late = driver_->Create("jobs");
  driver_->Sync();
  EXPECT_EQ(early.heard(), "QueueDeletedRecently(,)");
  EXPECT_NE(late.created(), jobs_);
}

TEST_F(RestartTest, WhoNamesADeadLetterQueueIsKnownAgain) {
  SetQueueAttributes set{.queue = jobs_, .attributes = {}};
  set.attributes.kept.redrive_policy =
      RedrivePolicy{.json = {.text = "{ }", .canonical = "{}"}, .dead_letter_queue = "dead"};
  driver_->Execute(std::move(set));
  const SentCommand& dead = driver_->Create("dead");
  driver_->Sync();
  const QueueId dead_id = dead.created();

  Crash();

  const SentCommand& sources =
      driver_->Execute(ListDeadLetterSources{.queue = dead_id, .after = "", .names_max = 1});
  driver_->Sync();
  EXPECT_EQ(sources.heard(), "names jobs");
}

TEST_F(RestartTest, TagsAreThereAgain) {
  driver_->Execute(TagQueue{.queue = jobs_, .tags = {{"stage", "test"}, {"team", "a"}}});
  driver_->Execute(UntagQueue{.queue = jobs_, .keys = {"stage"}});
  driver_->Sync();

  Crash();

  const SentCommand& described = driver_->Execute(GetQueueAttributes{.queue = jobs_});
  driver_->Sync();
  EXPECT_EQ(std::get<QueueDescription>(described.reply).kept.tags, (QueueTags{{"team", "a"}}));
}

TEST_F(RestartTest, TheDirectoryShowsTheQueuesThatWereDurable) {
  driver_->Create("lost");
  driver_->Flush();

  Crash();

  const auto& directory = driver_->shard().directory();
  ASSERT_NE(directory->Find("jobs.fifo"), nullptr);
  EXPECT_EQ(directory->Find("jobs.fifo")->id, fifo_);
  EXPECT_EQ(directory->Find("jobs.fifo")->kind, QueueKind::kFifo);
  EXPECT_EQ(directory->Find("lost"), nullptr);
}

TEST_F(RestartTest, ADeletedQueueStaysDeleted) {
  driver_->Execute(DeleteQueue{jobs_});
  driver_->Sync();

  Crash();

  EXPECT_EQ(driver_->shard().directory()->Find("jobs"), nullptr);
  driver_->Wait(kDeletedNameInterval);
  const SentCommand& again = driver_->Create("jobs");
  driver_->Sync();
  EXPECT_NE(again.created(), jobs_);
}

TEST_F(RestartTest, TheReceiptKeyIsTheFirstStarts) {
  const ReceiptKey key = driver_->shard().receipt_key();
  driver_.reset();
  ShardDriver restarted(journal_);

  ASSERT_THAT(restarted.Start(ReceiptKey{7, 7, 7}), IsOk());

  EXPECT_EQ(restarted.shard().receipt_key(), key);
}

TEST_F(RestartTest, AHandleOfBeforeDeletesItsMessage) {
  driver_->Send(fifo_, "one", "g");
  driver_->Send(jobs_, "one");
  const SentCommand& of_fifo = driver_->Receive(fifo_);
  const SentCommand& of_jobs = driver_->Receive(jobs_);
  driver_->Sync();
  const Receipt fifo_receipt = of_fifo.delivery().receipt;
  const Receipt jobs_receipt = of_jobs.delivery().receipt;

  Crash();
  const SentCommand& fifo_delete = driver_->Delete(fifo_, fifo_receipt);
  const SentCommand& jobs_delete = driver_->Delete(jobs_, jobs_receipt);
  driver_->Wait(absl::Hours(1));

  EXPECT_EQ(ReceiveAll(fifo_), "");
  EXPECT_EQ(ReceiveAll(jobs_), "");
  EXPECT_EQ(fifo_delete.heard(), "entries ok");
  EXPECT_EQ(jobs_delete.heard(), "entries ok");
}

TEST_F(RestartTest, AStandardDeliveryMayBeForgottenAndItsHandleStillDeletes) {
  driver_->Send(jobs_, "one");
  driver_->Sync();
  const SentCommand& receive = driver_->Receive(jobs_);
  driver_->Flush();
  ASSERT_EQ(receive.bodies(), "one");
  const Receipt receipt = receive.delivery().receipt;

  Crash();
  EXPECT_EQ(ReceiveAll(jobs_), "one");
  driver_->Delete(jobs_, receipt);
  driver_->Wait(absl::Hours(1));

  EXPECT_EQ(ReceiveAll(jobs_), "");
}

TEST_F(RestartTest, ALockedGroupStaysLockedUntilItsTime) {
  driver_->Send(fifo_, "one", "g");
  driver_->Receive(fifo_);
  driver_->Sync();

  Crash();
  driver_->Wait(absl::Seconds(30) - absl::Nanoseconds(1));
  EXPECT_EQ(ReceiveAll(fifo_), "");
  driver_->Wait(absl::Nanoseconds(1));

  EXPECT_EQ(ReceiveAll(fifo_), "one");
}

TEST_F(RestartTest, ADuplicateIsStillOne) {
  driver_->Send(fifo_, "one", "g", 7);
  driver_->Sync();

  Crash();
  driver_->Send(fifo_, "again", "g", 7);

  EXPECT_EQ(ReceiveAll(fifo_), "one");
}

TEST_F(RestartTest, TheIdOfALostSendIsNotADuplicate) {
  driver_->Send(fifo_, "lost", "g", 7);
  driver_->Flush();

  Crash();
  driver_->Send(fifo_, "again", "g", 7);

  EXPECT_EQ(ReceiveAll(fifo_), "again");
}

TEST_F(RestartTest, ALostSequenceNumberIsNotGivenAgain) {
  driver_->Send(jobs_, "one");
  driver_->Sync();
  const SentCommand& lost = driver_->Send(jobs_, "lost");
  const auto lost_sequence =
      std::get<SentMessage>(std::get<MessagesSent>(lost.reply).results[0]).sequence;

  Crash();
  const SentCommand& next = driver_->Send(jobs_, "next");
  driver_->Sync();

  EXPECT_GT(std::get<SentMessage>(std::get<MessagesSent>(next.reply).results[0]).sequence,
            lost_sequence);
  EXPECT_EQ(ReceiveAll(jobs_), "one next");
}

TEST_F(RestartTest, AnAcknowledgedQueueIdIsNotGivenAgain) {
  std::set<QueueId> ids = {jobs_, fifo_};
  for (int start = 0; start < 5; ++start) {
    const SentCommand& create = driver_->Create("other");
    driver_->Sync();
    EXPECT_TRUE(ids.insert(create.created()).second);
    driver_->Execute(DeleteQueue{create.created()});
    driver_->Wait(kDeletedNameInterval);
    driver_->Sync();
    driver_->Create("lost");
    driver_->Flush();
    Crash();
  }
}

TEST_F(RestartTest, AClockThatWasSetBackMeanwhileReordersNothing) {
  driver_->Wait(absl::Seconds(100));
  driver_->Send(jobs_, "before");
  driver_->Sync();

  Crash();
  driver_->SetBack(absl::Seconds(50));
  driver_->Send(jobs_, "after");
  const SentCommand& receive = driver_->Receive(jobs_, 10);
  driver_->Sync();

  EXPECT_EQ(receive.bodies(), "before after");
  EXPECT_EQ(receive.delivery(1).sent_at, At(absl::Seconds(100)));
}

TEST_F(RestartTest, AJournalThatCannotBeReadIsAnErrorOfTheStart) {
  MemoryJournal damaged;
  ASSERT_THAT(damaged.Append({"garbage"}), IsOk());
  Shard shard(damaged);

  EXPECT_THAT(shard.Start(ReceiptKey{}), StatusIs(absl::StatusCode::kInvalidArgument));
}

// Producers and consumers through crash after crash: what was acknowledged as sent is there unless
// its deletion was asked for, and what was acknowledged as deleted does not come back.
class CrashingRun {
 public:
  explicit CrashingRun(uint64_t seed) : random_(seed) {
    driver_ = ShardDriver::Started(journal_);
    const SentCommand& jobs = driver_->Create("jobs");
    const SentCommand& fifo = driver_->Create("jobs.fifo");
    driver_->Sync();
    queues_ = {jobs.created(), fifo.created()};
  }

  void Step() {
    driver_->Wait(absl::Milliseconds(random_.Below(2'000)));
    const uint64_t draw = random_.Below(100);
    if (draw < 40) {
      Send();
    } else if (draw < 65) {
      const QueueId queue = queues_[random_.Below(2)];
      receives_.push_back(&driver_->Receive(queue, 5, absl::Seconds(random_.Chance(0.3) ? 5 : 0)));
    } else if (draw < 80) {
      Delete();
    } else if (draw < 90) {
      driver_->Flush();
    } else if (draw < 98) {
      driver_->Advance();
      driver_->Sync();
    } else {
      Crash();
    }
    Learn();
  }

  void CheckEnd() {
    driver_->Sync();
    Learn();
    Crash();
    driver_->Wait(absl::Hours(12));
    std::set<std::string> left;
    for (const QueueId queue : queues_) Drain(queue, left);
    for (const std::string& body : sent_) {
      if (!delete_asked_.contains(body)) {
        EXPECT_TRUE(left.contains(body)) << body << " is lost";
      }
    }
    for (const std::string& body : deleted_) {
      EXPECT_FALSE(left.contains(body)) << body << " is back";
    }
    EXPECT_GT(sent_.size(), deleted_.size());
    EXPECT_FALSE(deleted_.empty());
  }

 private:
  void Send() {
    const std::string body = absl::StrCat("m", ++messages_);
    const bool is_fifo = random_.Chance(0.5);
    const std::string group = is_fifo ? absl::StrCat("g", random_.Below(4)) : "";
    sends_[body] = &driver_->Send(queues_[is_fifo ? 1 : 0], body, group, messages_);
  }
  void Delete() {
    if (receipts_.empty()) return;
    const auto& [body, receipt] = receipts_[random_.Below(receipts_.size())];
    delete_asked_.insert(body);
    deletes_.emplace_back(body, &driver_->Delete(receipt.queue, receipt));
  }
  void Learn() {
    for (const auto& [body, command] : sends_) {
      if (command->is_answered) sent_.insert(body);
    }
    for (const auto& [body, command] : deletes_) {
      if (command->heard() == "entries ok") deleted_.insert(body);
    }
    std::erase_if(receives_, [this](const SentCommand* command) {
      if (!command->is_answered) return false;
      for (const auto& entry : std::get<MessagesReceived>(command->reply).entries) {
        receipts_.emplace_back(entry.payload->body(), entry.delivery.receipt);
      }
      return true;
    });
  }
  void Crash() {
    Learn();
    sends_.clear();
    deletes_.clear();
    receives_.clear();
    const absl::Duration passed = driver_->now() - At(absl::ZeroDuration());
    driver_.reset();
    journal_.LoseUnsynced();
    driver_ = ShardDriver::Started(journal_);
    driver_->Wait(passed);
  }
  void Drain(QueueId queue, std::set<std::string>& left) {
    for (;;) {
      const SentCommand& receive = driver_->Receive(queue, 10);
      driver_->Sync();
      const auto& entries = std::get<MessagesReceived>(receive.reply).entries;
      if (entries.empty()) return;
      for (const auto& entry : entries) {
        EXPECT_TRUE(left.insert(std::string(entry.payload->body())).second);
        driver_->Delete(queue, entry.delivery.receipt);
      }
    }
  }

  SeededRandom random_;
  MemoryJournal journal_;
  std::unique_ptr<ShardDriver> driver_;
  std::vector<QueueId> queues_;
  uint64_t messages_ = 0;
  // Of this start.
  std::map<std::string, const SentCommand*> sends_;
  std::vector<std::pair<std::string, const SentCommand*>> deletes_;
  std::vector<const SentCommand*> receives_;
  // Ever.
  std::set<std::string> sent_;
  std::set<std::string> delete_asked_;
  std::set<std::string> deleted_;
  std::vector<std::pair<std::string, Receipt>> receipts_;
};

TEST(CrashTest, NothingAcknowledgedIsLostAndNothingDeletedComesBack) {
  for (const uint64_t seed : SeedsOfRounds(15)) {
    SCOPED_TRACE(SeedTrace(seed));
    CrashingRun run(seed);
    for (int i = 0; i < 600; ++i) run.Step();
    run.CheckEnd();
  }
}

}  // namespace
}  // namespace twinq
