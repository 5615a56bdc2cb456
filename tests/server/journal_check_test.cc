#include "server/journal_check.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "broker/record_codec.h"
#include "broker/shard.h"
#include "core/base/check.h"
#include "core/model/queue_name.h"
#include "journal/file/file_journal.h"
#include "server/data_directory.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSegment[] = "data/0000000000000000.segment";

// A command whose reply nobody reads.
class Asked : public PendingCommand {
 public:
  explicit Asked(Command asked) { command = std::move(asked); }
  void OnReply() override {}
};

void Commit(FileJournal& journal, std::unique_ptr<SyncTicket> ticket) {
  absl::Status outcome = ticket->Run();
  TWINQ_CHECK(journal.EndSync(std::move(ticket), std::move(outcome)).ok());
}

// The journal of a server with one queue, called "jobs", in a directory called "data".
class JournalCheckTest : public ::testing::Test {
 protected:
  JournalCheckTest() {
    const std::unique_ptr<FileJournal> journal = Open();
    Shard shard(*journal);
    TWINQ_CHECK(shard.Start(ReceiptKey()).ok());
    Asked create(CreateQueue{.name = *QueueName::Parse("jobs"), .attributes = {}});
    shard.Execute(Timestamp(), create);
    shard.Flush();
    Commit(*journal, journal->BeginSync());
  }

  std::unique_ptr<FileJournal> Open() {
    auto journal = FileJournal::Open(files_, "data", {.new_log_id = 1});
    TWINQ_CHECK(journal.ok());
    return *std::move(journal);
  }
  void Append(absl::string_view record) {
    const std::unique_ptr<FileJournal> journal = Open();
    TWINQ_CHECK(journal->Append({record}).ok());
    Commit(*journal, journal->BeginSync());
  }
  absl::StatusOr<JournalCheck> Check() {
    files_.KillProcess();
    auto check = CheckJournal(files_, "data");
    EXPECT_EQ(files_.steps(), 0u);
    return check;
  }

  MemoryFileSystem files_{1};
};

TEST_F(JournalCheckTest, CountsWhatASoundJournalHolds) {
  const auto check = Check();

  ASSERT_THAT(check, IsOk());
  EXPECT_EQ(check->verdict, JournalCheck::Verdict::kSound);
  EXPECT_THAT(check->report, AllOf(HasSubstr("segments  1 of 16777216 bytes\n"),
                                   HasSubstr("records   2 of "), HasSubstr("queues    1\n"),
                                   HasSubstr("messages  0 of 0 bytes\n"), Not(HasSubstr("torn"))));
}

TEST_F(JournalCheckTest, NamesDamageByFileAndOffset) {
  files_.FlipBit(kSegment, kSegmentHeaderBytes + kFrameHeaderBytes + kRecordPrefixBytes, 0);

  const auto check = Check();

  ASSERT_THAT(check, IsOk());
  EXPECT_EQ(check->verdict, JournalCheck::Verdict::kDamaged);
  EXPECT_THAT(check->report,
              AllOf(HasSubstr("damaged   "), HasSubstr(kSegment), HasSubstr("offset 512")));
}

TEST_F(JournalCheckTest, ARecordThatNoServerUnderstandsIsDamage) {
  Append("nonsense");

  const auto check = Check();

  ASSERT_THAT(check, IsOk());
  EXPECT_EQ(check->verdict, JournalCheck::Verdict::kDamaged);
  EXPECT_THAT(check->report, AllOf(HasSubstr("damaged   data/"), HasSubstr("the record")));
}

TEST_F(JournalCheckTest, ARecordThatContradictsThoseBeforeIsDamageWithItsPlace) {
  Append(EncodeRecord(QueueRemoved{QueueId(1)}, ""));
  Append(EncodeRecord(QueuePut{.queue = QueueId(1),
                               .name = *QueueName::Parse("jobs"),
                               .settings = {},
                               .created_at = {},
                               .modified_at = {}},
                      ""));

  const auto check = Check();

  ASSERT_THAT(check, IsOk());
  EXPECT_EQ(check->verdict, JournalCheck::Verdict::kDamaged);
  EXPECT_THAT(check->report, AllOf(HasSubstr(absl::StrCat("damaged   ", kSegment, ", offset ")),
                                   HasSubstr("the queue was removed")));
}

TEST_F(JournalCheckTest, ATornTailIsNoDamageAndStaysThere) {
  uint64_t end = 0;
  {
    const std::unique_ptr<FileJournal> journal = Open();
    end = kSegmentHeaderBytes + journal->found().end.value();
    TWINQ_CHECK(journal->Append({absl::string_view("torn")}).ok());
    Commit(*journal, journal->BeginWrite());
  }
  files_.FlipBit(kSegment, end + kFrameHeaderBytes + kRecordPrefixBytes, 0);

  const auto check = Check();

  ASSERT_THAT(check, IsOk());
  EXPECT_EQ(check->verdict, JournalCheck::Verdict::kSound);
  EXPECT_THAT(check->report, AllOf(HasSubstr("torn      56 bytes"), HasSubstr(kSegment)));
}

TEST_F(JournalCheckTest, AJournalThatAServerHoldsIsLeftAlone) {
  const std::unique_ptr<FileJournal> held = Open();

  const auto check = CheckJournal(files_, "data");

  ASSERT_FALSE(check.ok());
  EXPECT_EQ(ExitCodeOf(check.status()), ExitCode::kInUse);
}

TEST_F(JournalCheckTest, WhereThereIsNoJournalThereIsNothingToCheck) {
  const auto check = CheckJournal(files_, "elsewhere");

  ASSERT_FALSE(check.ok());
  EXPECT_EQ(ExitCodeOf(check.status()), ExitCode::kNoDirectory);
}

}  // namespace
}  // namespace twinq
