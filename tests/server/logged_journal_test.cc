#include "server/logged_journal.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/base/check.h"
#include "core/base/manual_clock.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using absl::StatusCode;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kRecords = 10'000;

// A log of many records in a directory called "data", whose replay is looked at.
class LoggedJournalTest : public ::testing::Test {
 protected:
  LoggedJournalTest() {
    std::unique_ptr<FileJournal> journal = Open();
    for (int i = 0; i < kRecords; ++i) {
      TWINQ_CHECK(journal->Append({absl::string_view("0123456789")}).ok());
    }
    std::unique_ptr<SyncTicket> ticket = journal->BeginSync();
    absl::Status outcome = ticket->Run();
    TWINQ_CHECK(journal->EndSync(std::move(ticket), std::move(outcome)).ok());
  }

  std::unique_ptr<FileJournal> Open() {
    auto opened = FileJournal::Open(files_, "data", {.new_log_id = 1});
    TWINQ_CHECK(opened.ok());
    return *std::move(opened);
  }
  std::unique_ptr<LoggedJournal> Logged() {
    return std::make_unique<LoggedJournal>(
        Open(),
        LoggedJournal::Options{.directory = "data",
                               .clock = clock_,
                               .log = [this](absl::string_view text) { lines_.emplace_back(text); },
                               .is_cancelled = [this] { return is_cancelled_; }});
  }

  MemoryFileSystem files_{1};
  ManualClock clock_{absl::UnixEpoch()};
  std::vector<std::string> lines_;
  bool is_cancelled_ = false;
};

TEST_F(LoggedJournalTest, AReplayOfLessThanASecondIsNotLogged) {
  const std::unique_ptr<LoggedJournal> journal = Logged();

  EXPECT_THAT(journal->Replay([](auto, auto) { return absl::OkStatus(); }), IsOk());

  EXPECT_THAT(lines_, IsEmpty());
  EXPECT_EQ(journal->replayed().records, uint64_t{kRecords});
  EXPECT_EQ(journal->replayed().record_bytes, uint64_t{10} * kRecords);
}

TEST_F(LoggedJournalTest, ALongReplayIsLoggedOnceASecond) {
  const std::unique_ptr<LoggedJournal> journal = Logged();

  EXPECT_THAT(journal->Replay([this](auto, auto) {
    clock_.Advance(absl::Milliseconds(0.25));
    return absl::OkStatus();
  }),
              IsOk());

  EXPECT_THAT(lines_, ElementsAre(AllOf(HasSubstr("replaying: 40 %"), HasSubstr("4096 records")),
                                  AllOf(HasSubstr("replaying: 81 %"), HasSubstr("8192 records"))));
  EXPECT_EQ(journal->replayed().time, absl::Milliseconds(2'500));
}

TEST_F(LoggedJournalTest, AReplayEndsWhenItIsAskedTo) {
  const std::unique_ptr<LoggedJournal> journal = Logged();
  is_cancelled_ = true;
  int visited = 0;

  EXPECT_THAT(journal->Replay([&visited](auto, auto) {
    ++visited;
    return absl::OkStatus();
  }),
              StatusIs(StatusCode::kCancelled));

  EXPECT_LT(visited, kRecords);
}

TEST_F(LoggedJournalTest, AMalformedRecordIsNamedByFileAndOffset) {
  const std::unique_ptr<LoggedJournal> journal = Logged();

  const absl::Status replayed = journal->Replay(
      [](auto, auto) { return absl::InvalidArgumentError("the record has an unknown type"); });

  ASSERT_THAT(replayed, StatusIs(StatusCode::kDataLoss));
  EXPECT_THAT(std::string(replayed.message()),
              AllOf(HasSubstr("data/0000000000000000.segment, offset "),
                    HasSubstr("the record has an unknown type")));
}

TEST_F(LoggedJournalTest, OtherErrorsOfTheVisitorAreItsOwn) {
  const std::unique_ptr<LoggedJournal> journal = Logged();

  EXPECT_THAT(journal->Replay([](auto, auto) { return absl::UnknownError("other"); }),
              StatusIs(StatusCode::kUnknown));
}

TEST(RecoveryTextTest, NamesEverythingThatIsThere) {
  EXPECT_EQ(RecoveryText({.records = 7, .record_bytes = 900, .time = absl::Milliseconds(12)},
                         {.queues = 2, .messages = 3, .body_bytes = 400}),
            "replayed 7 records of 900 bytes in 0.012 s: queues 2, messages 3, bytes of messages "
            "400");
}

}  // namespace
}  // namespace twinq
