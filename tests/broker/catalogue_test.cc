#include "broker/catalogue.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/messages.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CatalogueTest : public ::testing::Test {
 protected:
  QueueState& Add(uint64_t id, absl::string_view name) {
    return catalogue_.Put({.queue = QueueId(id),
                           .name = Name(name),
                           .settings = {},
                           .created_at = {},
                           .modified_at = {}});
  }
  // Makes the queue's next deadline the end of a wait.
  void ArmFor(QueueState& state, absl::Duration end) {
    state.waiters.Add({.id = WaiterId{++waiters_},
                       .credit = {},
                       .visibility = {},
                       .arrived_at = At(absl::ZeroDuration()),
                       .wait_until = At(end)});
    catalogue_.Arm(state);
  }

  MessageSlots slots_;
  Catalogue catalogue_{slots_, QueueOptions()};
  uint64_t waiters_ = 0;
};

TEST_F(CatalogueTest, FindsByIdAndByName) {
  QueueState& state = Add(5, "jobs.fifo");

  EXPECT_EQ(catalogue_.Find(QueueId(5)), &state);
  EXPECT_EQ(catalogue_.FindByName("jobs.fifo"), &state);
  EXPECT_EQ(state.kind, QueueKind::kFifo);
  EXPECT_EQ(catalogue_.Find(QueueId(6)), nullptr);
  EXPECT_EQ(catalogue_.FindByName("jobs"), nullptr);
}

TEST_F(CatalogueTest, ARemovedQueueIsGoneAndItsNameFree) {
  Add(5, "jobs");

  catalogue_.Remove(QueueId(5));

  EXPECT_EQ(catalogue_.Find(QueueId(5)), nullptr);
  EXPECT_EQ(catalogue_.FindByName("jobs"), nullptr);
  EXPECT_EQ(Add(6, "jobs").id, QueueId(6));
}

TEST_F(CatalogueTest, QueuesStayWhereTheyAre) {
  QueueState& first = Add(1, "first");
  for (uint64_t id = 2; id < 2'000; ++id) Add(id, absl::StrCat("queue-", id));

  EXPECT_EQ(catalogue_.Find(QueueId(1)), &first);
}

TEST_F(CatalogueTest, NamesComeInByteOrderPageByPage) {
  Add(1, "b");
  Add(2, "a-2");
  Add(3, "a");
  Add(4, "a_1");
  Add(5, "B");

  EXPECT_THAT(catalogue_.Names("", "", 10), ElementsAre("B", "a", "a-2", "a_1", "b"));
  EXPECT_THAT(catalogue_.Names("", "", 2), ElementsAre("B", "a"));
  EXPECT_THAT(catalogue_.Names("", "a", 2), ElementsAre("a-2", "a_1"));
  EXPECT_THAT(catalogue_.Names("", "b", 2), IsEmpty());
}

TEST_F(CatalogueTest, NamesHaveTheAskedPrefix) {
  Add(1, "ab");
  Add(2, "abc");
  Add(3, "b");
  Add(4, "a");

  EXPECT_THAT(catalogue_.Names("ab", "", 10), ElementsAre("ab", "abc"));
  EXPECT_THAT(catalogue_.Names("ab", "ab", 10), ElementsAre("abc"));
  EXPECT_THAT(catalogue_.Names("ab", "a", 10), ElementsAre("ab", "abc"));
  EXPECT_THAT(catalogue_.Names("ab", "b", 10), IsEmpty());
  EXPECT_THAT(catalogue_.Names("x", "", 10), IsEmpty());
}

TEST_F(CatalogueTest, TheQueueWithTheEarliestDeadlineIsNextDue) {
  QueueState& late = Add(1, "late");
  QueueState& soon = Add(2, "soon");
  Add(3, "never");
  EXPECT_EQ(catalogue_.NextDue(), nullptr);
  ArmFor(late, absl::Seconds(20));
  ArmFor(soon, absl::Seconds(10));

  EXPECT_EQ(catalogue_.NextDue(), &soon);
  soon.waiters.Remove(WaiterId{2});
  catalogue_.Arm(soon);
  EXPECT_EQ(catalogue_.NextDue(), &late);
}

TEST_F(CatalogueTest, ARemovedQueueIsNotDue) {
  ArmFor(Add(1, "jobs"), absl::Seconds(1));

  catalogue_.Remove(QueueId(1));

  EXPECT_EQ(catalogue_.NextDue(), nullptr);
  EXPECT_EQ(Add(2, "jobs").waiters.size(), 0u);
}

TEST_F(CatalogueTest, EqualDeadlinesAreDueInTheOrderOfIds) {
  QueueState& second = Add(2, "second");
  QueueState& first = Add(1, "first");
  ArmFor(second, absl::Seconds(1));
  ArmFor(first, absl::Seconds(1));

  EXPECT_EQ(catalogue_.NextDue(), &first);
}

}  // namespace
}  // namespace twinq
