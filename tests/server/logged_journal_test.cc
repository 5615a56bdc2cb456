#include "server/logged_journal.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_split.h"
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
using ::testing::internal::CaptureStderr;
using ::testing::internal::GetCapturedStderr;

std::vector<std::string> LoggedLines() {
  return absl::StrSplit(GetCapturedStderr(), '\n', absl::SkipEmpty());
}

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
        Open(), LoggedJournal::Options{.directory = "data",
                                       .clock = clock_,
                                       .is_cancelled = [this] { return is_cancelled_; }});
  }

  MemoryFileSystem files_{1};
  ManualClock clock_{absl::UnixEpoch()};
  bool is_cancelled_ = false;
};

TEST_F(LoggedJournalTest, AReplayOfLessThanASecondIsNotLogged) {
  const std::unique_ptr<LoggedJournal> journal = Logged();
  CaptureStderr();

  EXPECT_THAT(journal->Replay([](auto, auto) { return absl::OkStatus(); }), IsOk());

  EXPECT_THAT(GetCapturedStderr(), IsEmpty());
  EXPECT_EQ(journal->replayed().records, uint64_t{kRecords});
  EXPECT_EQ(journal->replayed().record_bytes, uint64_t{10} * kRecords);
}

TEST_F(LoggedJournalTest, ALongReplayIsLoggedOnceASecond) {
  const std::unique_ptr<LoggedJournal> journal = Logged();
  CaptureStderr();

  EXPECT_THAT(journal->Replay([this](auto, auto) {
    clock_.Advance(absl::Milliseconds(0.25));
    return absl::OkStatus();
  }),
              IsOk());

  EXPECT_THAT(LoggedLines(),
              ElementsAre(HasSubstr("event=replaying percent=40 records=4096 record_bytes=40960"),
                          HasSubstr("event=replaying percent=81 records=8192 record_bytes=81920")));
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

TEST(LogRecoveredTest, NamesEverythingThatIsThere) {
  CaptureStderr();

  LogRecovered({.records = 7, .record_bytes = 900, .time = absl::Milliseconds(12)},
               {.queues = 2, .messages = 3, .body_bytes = 400});

  EXPECT_THAT(GetCapturedStderr(),
              HasSubstr("level=info event=recovered records=7 record_bytes=900 seconds=0.012 "
                        "queues=2 messages=3 message_bytes=400\n"));
}

}  // namespace
}  // namespace twinq
