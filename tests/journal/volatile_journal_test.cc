#include "journal/volatile_journal.h"

#include <utility>

#include "absl/status/status.h"
#include "gtest/gtest.h"

#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

TEST(VolatileJournalTest, KeepsNothing) {
  VolatileJournal journal;
  ASSERT_THAT(journal.Append({"a"}), IsOk());

  EXPECT_FALSE(journal.keeps_records());
  EXPECT_THAT(journal.Replay([](JournalPosition, absl::string_view) {
    return absl::InternalError("there is a record");
  }),
              IsOk());
}

TEST(VolatileJournalTest, NobodyWaitsForWhatWasAppended) {
  VolatileJournal journal;

  const auto end = journal.Append({"a", "b"});

  ASSERT_THAT(end, IsOk());
  EXPECT_GT(*end, JournalPosition());
  EXPECT_EQ(journal.synced_up_to().durable, *end);
  EXPECT_EQ(journal.synced_up_to().written, *end);
}

TEST(VolatileJournalTest, ASyncHasNothingToDo) {
  VolatileJournal journal;
  const auto end = journal.Append({"a"});
  std::unique_ptr<SyncTicket> ticket = journal.BeginSync();
  EXPECT_THAT(ticket->Run(), IsOk());

  const auto synced = journal.EndSync(std::move(ticket), absl::OkStatus());

  ASSERT_THAT(synced, IsOk());
  EXPECT_EQ(synced->durable, *end);
}

}  // namespace
}  // namespace twinq
