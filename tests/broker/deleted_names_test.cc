#include "broker/deleted_names.h"

#include "gtest/gtest.h"

#include "core/model/limits.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

constexpr QueueId kFirst(1);
constexpr QueueId kSecond(2);

DeletedNameItem Item(QueueId queue, absl::Duration deleted) {
  return {.deleted_at = At(deleted), .queue = queue};
}

TEST(DeletedNamesTest, OfTwoDeletionsOfANameTheLaterOneCountsInWhicheverOrderTheyCome) {
  for (const bool is_later_first : {false, true}) {
    DeletedNames names;
    const DeletedNameItem earlier = Item(kFirst, absl::Seconds(1));
    const DeletedNameItem later = Item(kSecond, absl::Seconds(2));
    names.Put(is_later_first ? later : earlier, "jobs");
    names.Put(is_later_first ? earlier : later, "jobs");

    EXPECT_TRUE(names.Holds("jobs", At(absl::Milliseconds(61'999))));
    EXPECT_FALSE(names.Holds("jobs", At(absl::Seconds(62))));
    EXPECT_EQ(names.Find(earlier, At(absl::Seconds(2))), nullptr);
    ASSERT_NE(names.Find(later, At(absl::Seconds(2))), nullptr);
    EXPECT_EQ(names.size(), 1u);
  }
}

TEST(DeletedNamesTest, AreForgottenInTheOrderOfTimeAndWithinTheBudget) {
  DeletedNames names;
  names.Put(Item(kSecond, absl::Seconds(1)), "b");
  names.Put(Item(kFirst, absl::Seconds(2)), "a");
  names.Put(Item(QueueId(3), absl::Seconds(3)), "cc");
  EXPECT_EQ(names.bytes(), 4u);
  EXPECT_EQ(names.NextDeadline(), At(absl::Seconds(61)));

  EXPECT_EQ(names.Forget(At(absl::Seconds(62)), 1), 1);
  EXPECT_EQ(names.NextDeadline(), At(absl::Seconds(62)));
  EXPECT_EQ(names.Forget(At(absl::Seconds(62)), 10), 1);

  EXPECT_EQ(names.bytes(), 2u);
  EXPECT_TRUE(names.Holds("cc", At(absl::Seconds(62))));
  EXPECT_FALSE(names.Holds("a", At(absl::Seconds(3))));
}

TEST(DeletedNamesTest, WithoutAnyThereIsNoDeadline) {
  EXPECT_EQ(DeletedNames().NextDeadline(), Timestamp::Infinite());
}

}  // namespace
}  // namespace twinq
