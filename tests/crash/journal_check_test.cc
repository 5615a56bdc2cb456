#include "tests/crash/journal_check.h"

#include "gtest/gtest.h"

namespace twinq::crash {
namespace {

TEST(JournalCheckTest, RecordsAreCounted) {
  const absl::StatusOr<int64_t> records = ParseRecordCount(
      "segments  3 of 16777216 bytes\nrecords   112233 of 41002003 bytes\nqueues    2\n"
      "messages  1290 of 129000 bytes\nlive      212874 bytes\n");

  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_EQ(*records, 112233);
}

TEST(JournalCheckTest, OutputWithoutRecordsIsRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(ParseRecordCount("queues    2\n").status()));
}

}  // namespace
}  // namespace twinq::crash
