// What every journal that keeps records must do. An implementation takes part with one more line in
// INSTANTIATE_TEST_SUITE_P at the end.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "core/base/check.h"
#include "core/base/random.h"
#include "journal/file/file_journal.h"
#include "journal/journal.h"
#include "journal/memory_journal.h"
#include "platform/posix_file_system.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/seed.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Where a journal lives, which can lose its power.
class Medium {
 public:
  virtual ~Medium() = default;
  virtual Journal& journal() = 0;
  // The machine fails and comes back: journal() is then the journal opened again.
  virtual void Crash() = 0;
};

class MemoryMedium : public Medium {
 public:
  Journal& journal() override { return journal_; }
  void Crash() override { journal_.LoseUnsynced(); }

 private:
  MemoryJournal journal_;
};

// On a file system that forgets what was not synced.
class FileMedium : public Medium {
 public:
  FileMedium() { Open(); }
  Journal& journal() override { return *journal_; }
  void Crash() override {
    journal_ = nullptr;
    files_.LosePower();
    Open();
  }

 private:
  void Open() {
    auto opened = FileJournal::Open(files_, "data", {.new_log_id = 1, .segment_bytes = 4 << 20});
    TWINQ_CHECK(opened.ok());
    journal_ = *std::move(opened);
  }

  MemoryFileSystem files_{1};
  std::unique_ptr<FileJournal> journal_;
};

// In a directory of the machine, which does not fail for a test: only the process forgets.
class PosixFileMedium : public Medium {
 public:
  PosixFileMedium() { Open(); }
  Journal& journal() override { return *journal_; }
  void Crash() override {
    journal_ = nullptr;
    Open();
  }

 private:
  void Open() {
    auto opened =
        FileJournal::Open(files_, directory_.path(), {.new_log_id = 1, .segment_bytes = 4 << 20});
    TWINQ_CHECK(opened.ok());
    journal_ = *std::move(opened);
  }

  const TemporaryDirectory directory_;
  platform::PosixFileSystem files_;
  std::unique_ptr<FileJournal> journal_;
};

struct Implementation {
  const char* name;
  std::unique_ptr<Medium> (*make)();
};

class JournalContractTest : public ::testing::TestWithParam<Implementation> {
 protected:
  Journal& journal() { return medium_->journal(); }
  void Crash() { medium_->Crash(); }

  JournalPosition Append(const std::vector<std::string>& records) {
    const std::vector<absl::string_view> views(records.begin(), records.end());
    const auto end = journal().Append(views);
    EXPECT_THAT(end, IsOk());
    return end.value_or(JournalPosition());
  }
  void Sync() {
    std::unique_ptr<SyncTicket> ticket = journal().BeginSync();
    const absl::Status outcome = ticket->Run();
    EXPECT_THAT(journal().EndSync(std::move(ticket), outcome), IsOk());
  }
  void FailSync() {
    std::unique_ptr<SyncTicket> ticket = journal().BeginSync();
    EXPECT_THAT(journal().EndSync(std::move(ticket), absl::DataLossError("disk")),
                StatusIs(absl::StatusCode::kDataLoss));
  }
  std::vector<std::string> Replayed() {
    std::vector<std::string> records;
    EXPECT_THAT(journal().Replay([&](JournalPosition, absl::string_view record) {
      records.emplace_back(record);
      return absl::OkStatus();
    }),
                IsOk());
    return records;
  }
  std::vector<JournalPosition> ReplayedPositions() {
    std::vector<JournalPosition> positions;
    EXPECT_THAT(journal().Replay([&](JournalPosition behind, absl::string_view) {
      positions.push_back(behind);
      return absl::OkStatus();
    }),
                IsOk());
    return positions;
  }

 private:
  std::unique_ptr<Medium> medium_ = GetParam().make();
};

TEST_P(JournalContractTest, KeepsRecords) { EXPECT_TRUE(journal().keeps_records()); }

TEST_P(JournalContractTest, ANewJournalIsEmpty) {
  EXPECT_THAT(Replayed(), IsEmpty());
  EXPECT_EQ(journal().synced_up_to().durable, JournalPosition());
}

TEST_P(JournalContractTest, ReplaysWhatWasAppendedInOrder) {
  Append({"a", "b"});
  Append({"c"});
  Sync();

  EXPECT_THAT(Replayed(), ElementsAre("a", "b", "c"));
}

TEST_P(JournalContractTest, RecordsAreAnyBytesOfAnyLength) {
  const std::string zeros(3, '\0');
  const std::string longest(1'200'000, '\xFF');
  Append({"", zeros, longest, ""});
  Sync();

  EXPECT_THAT(Replayed(), ElementsAre("", zeros, longest, ""));
}

TEST_P(JournalContractTest, ThePositionOfAnAppendIsBehindItsLastRecord) {
  const JournalPosition first = Append({"a", "b"});
  const JournalPosition second = Append({"c"});
  Sync();

  const std::vector<JournalPosition> positions = ReplayedPositions();

  ASSERT_EQ(positions.size(), 3u);
  EXPECT_LT(JournalPosition(), positions[0]);
  EXPECT_LT(positions[0], positions[1]);
  EXPECT_EQ(positions[1], first);
  EXPECT_EQ(positions[2], second);
}

TEST_P(JournalContractTest, AppendingNothingChangesNothing) {
  const JournalPosition end = Append({"a"});

  EXPECT_EQ(Append({}), end);
}

TEST_P(JournalContractTest, WhatWasAppendedIsNotDurableBeforeASync) {
  const JournalPosition end = Append({"a"});

  EXPECT_LT(journal().synced_up_to().durable, end);
}

TEST_P(JournalContractTest, ASyncMakesDurableWhatWasAppendedBeforeItBegan) {
  const JournalPosition before = Append({"a"});
  std::unique_ptr<SyncTicket> ticket = journal().BeginSync();
  const JournalPosition during = Append({"b"});
  const absl::Status outcome = ticket->Run();
  EXPECT_LT(journal().synced_up_to().durable, before);

  const auto synced = journal().EndSync(std::move(ticket), outcome);

  ASSERT_THAT(synced, IsOk());
  EXPECT_GE(synced->durable, before);
  EXPECT_LT(synced->durable, during);
  EXPECT_GE(synced->written, synced->durable);
  EXPECT_EQ(journal().synced_up_to().durable, synced->durable);
}

TEST_P(JournalContractTest, AWriteHandsOverWhatWasAppendedBeforeItBegan) {
  const JournalPosition before = Append({"a"});
  std::unique_ptr<SyncTicket> ticket = journal().BeginWrite();
  const JournalPosition during = Append({"b"});
  const absl::Status outcome = ticket->Run();

  const auto synced = journal().EndSync(std::move(ticket), outcome);

  ASSERT_THAT(synced, IsOk());
  EXPECT_GE(synced->written, before);
  EXPECT_LT(synced->written, during);
  EXPECT_GE(synced->written, synced->durable);
}

TEST_P(JournalContractTest, WhatWasSyncedSurvivesACrash) {
  Append({"a", "b"});
  Sync();
  Append({"c"});

  Crash();

  const std::vector<std::string> records = Replayed();
  ASSERT_GE(records.size(), 2u);
  EXPECT_EQ(records[0], "a");
  EXPECT_EQ(records[1], "b");
}

TEST_P(JournalContractTest, AfterACrashItGoesOnBehindWhatWasLeft) {
  Append({"a"});
  Sync();
  Crash();

  const JournalPosition end = Append({"b"});
  Sync();
  Crash();

  EXPECT_THAT(Replayed(), ElementsAre("a", "b"));
  EXPECT_EQ(ReplayedPositions().back(), end);
}

TEST_P(JournalContractTest, CrashesLeaveAPrefixThatHoldsAllThatWasSynced) {
  for (const uint64_t seed : SeedsOfRounds(5)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    std::vector<std::string> appended = Replayed();
    size_t synced = appended.size();
    for (int i = 0; i < 200; ++i) {
      std::vector<std::string> records(random.Below(4));
      for (std::string& record : records) record = absl::StrCat(seed, " ", random.Next());
      Append(records);
      appended.insert(appended.end(), records.begin(), records.end());
      if (random.Chance(0.3)) {
        Sync();
        synced = appended.size();
      }
      if (random.Chance(0.1)) {
        Crash();
        const std::vector<std::string> left = Replayed();
        ASSERT_GE(left.size(), synced);
        ASSERT_LE(left.size(), appended.size());
        appended.resize(left.size());
        ASSERT_EQ(left, appended);
        synced = appended.size();
      }
    }
    Sync();
  }
}

TEST_P(JournalContractTest, ReplayStopsAtTheFirstErrorAndReturnsIt) {
  Append({"a", "b", "c"});
  Sync();
  int visited = 0;

  const absl::Status status = journal().Replay([&](JournalPosition, absl::string_view record) {
    ++visited;
    return record == "b" ? absl::DataLossError("b") : absl::OkStatus();
  });

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(visited, 2);
}

TEST_P(JournalContractTest, ReplayBeginsWhereTheHeadWasDropped) {
  Append({"a", "b"});
  const JournalPosition head = Append({"c"});
  const JournalPosition end = Append({"d"});
  Sync();

  ASSERT_THAT(journal().DropBefore(head), IsOk());

  EXPECT_THAT(Replayed(), ElementsAre("d"));
  EXPECT_THAT(ReplayedPositions(), ElementsAre(end));
}

TEST_P(JournalContractTest, EverythingMayBeDropped) {
  const JournalPosition end = Append({"a", "b"});
  Sync();
  ASSERT_THAT(journal().DropBefore(end), IsOk());
  EXPECT_THAT(Replayed(), IsEmpty());

  EXPECT_GT(Append({"c"}), end);
  Sync();
  Crash();

  EXPECT_THAT(Replayed(), ElementsAre("c"));
}

TEST_P(JournalContractTest, AfterAFailedSyncItRefusesAppendsAndSyncs) {
  Append({"a"});
  FailSync();

  EXPECT_FALSE(journal().Append({"b"}).ok());
  std::unique_ptr<SyncTicket> ticket = journal().BeginSync();
  EXPECT_FALSE(journal().EndSync(std::move(ticket), absl::OkStatus()).ok());
  EXPECT_EQ(journal().synced_up_to().durable, JournalPosition());
}

TEST_P(JournalContractTest, OpenedAgainAfterAFailedSyncItTakesRecords) {
  Append({"a"});
  Sync();
  FailSync();
  Crash();

  Append({"b"});
  Sync();

  EXPECT_THAT(Replayed(), ElementsAre("a", "b"));
}

template <typename Kind>
std::unique_ptr<Medium> Make() {
  return std::make_unique<Kind>();
}

INSTANTIATE_TEST_SUITE_P(Journals, JournalContractTest,
                         ::testing::Values(Implementation{"Memory", Make<MemoryMedium>},
                                           Implementation{"File", Make<FileMedium>},
                                           Implementation{"PosixFile", Make<PosixFileMedium>}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq
