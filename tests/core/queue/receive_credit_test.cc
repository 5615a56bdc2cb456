#include "core/queue/receive_credit.h"

#include "gtest/gtest.h"

namespace twinq {
namespace {

TEST(ReceiveCreditTest, IsSpentByMessages) {
  ReceiveCredit credit{.messages = 2};

  EXPECT_TRUE(credit.Take(1'000, true));
  EXPECT_TRUE(credit.Take(1'000, false));
  EXPECT_FALSE(credit.Take(0, false));
}

TEST(ReceiveCreditTest, IsSpentByBytes) {
  ReceiveCredit credit{.messages = 10, .bytes = 100};

  EXPECT_TRUE(credit.Take(40, true));
  EXPECT_TRUE(credit.Take(60, false));
  EXPECT_TRUE(credit.Take(0, false));
  EXPECT_FALSE(credit.Take(1, false));
}

TEST(ReceiveCreditTest, TheFirstMessageIsTakenHoweverLong) {
  ReceiveCredit credit{.messages = 10, .bytes = 100};

  EXPECT_TRUE(credit.Take(101, true));
  EXPECT_FALSE(credit.Take(1, false));
}

TEST(ReceiveCreditTest, WithoutMessagesNothingIsTaken) {
  ReceiveCredit credit{.messages = 0};

  EXPECT_FALSE(credit.Take(0, true));
}

}  // namespace
}  // namespace twinq
