#include "broker/directory.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace twinq {
namespace {

TEST(DirectoryTest, FindsWhatWasAddedAndNothingElse) {
  const auto directory =
      Directory().With("jobs.fifo", {.id = QueueId(7), .kind = QueueKind::kFifo});

  const Directory::Entry* entry = directory->Find("jobs.fifo");

  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->id, QueueId(7));
  EXPECT_EQ(entry->kind, QueueKind::kFifo);
  EXPECT_EQ(directory->Find("jobs"), nullptr);
}

TEST(DirectoryTest, OneThatWasSharedNeverChanges) {
  const auto before = Directory().With("a", {.id = QueueId(1)});

  const auto with = before->With("b", {.id = QueueId(2)});
  const auto without = with->Without("a");

  EXPECT_EQ(before->Find("b"), nullptr);
  EXPECT_NE(with->Find("a"), nullptr);
  EXPECT_EQ(without->Find("a"), nullptr);
  EXPECT_NE(without->Find("b"), nullptr);
}

TEST(DirectoryTest, AQueueOfTheSameNameReplacesTheOther) {
  const auto directory = Directory().With("a", {.id = QueueId(1)})->With("a", {.id = QueueId(2)});

  EXPECT_EQ(directory->Find("a")->id, QueueId(2));
}

TEST(DirectoryTest, TakingAwayWhatIsNotThereIsNothing) {
  EXPECT_EQ(Directory().Without("a")->Find("a"), nullptr);
}

TEST(DirectoryTest, HoldsMoreNamesThanItHasBuckets) {
  std::shared_ptr<const Directory> directory = std::make_shared<Directory>();
  for (uint64_t n = 0; n < 2'000; ++n) {
    directory = directory->With(absl::StrCat("queue-", n), {.id = QueueId(n)});
  }
  for (uint64_t n = 0; n < 2'000; n += 2) {
    directory = directory->Without(absl::StrCat("queue-", n));
  }

  for (uint64_t n = 0; n < 2'000; ++n) {
    const Directory::Entry* entry = directory->Find(absl::StrCat("queue-", n));
    ASSERT_EQ(entry != nullptr, n % 2 == 1);
    if (entry != nullptr) {
      ASSERT_EQ(entry->id, QueueId(n));
    }
  }
}

}  // namespace
}  // namespace twinq
