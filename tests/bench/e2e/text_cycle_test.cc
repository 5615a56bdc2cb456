#include "bench/e2e/text_cycle.h"

#include <string>

#include "gtest/gtest.h"

namespace twinq::bench {
namespace {

using Answered = TextCycle::Answered;

TEST(TextCycleTest, SendsReceivesAndAcknowledgesWhatHasCome) {
  TextCycle cycle(BeanstalkTube(), 3, 1);

  EXPECT_EQ(cycle.commands(), "put 0 0 30 3\r\nxxx\r\n");
  EXPECT_EQ(*cycle.Take("INSERTED 5\r\n"), Answered::kInFull);
  EXPECT_EQ(cycle.commands(), "reserve\r\n");
  EXPECT_EQ(*cycle.Take("RESERVED 4 3\r\nxxx\r\n"), Answered::kInFull);
  EXPECT_EQ(cycle.commands(), "delete 4\r\n");
  EXPECT_EQ(cycle.messages(), 0);
  EXPECT_EQ(*cycle.Take("DELETED\r\n"), Answered::kInFull);
  EXPECT_EQ(cycle.commands(), "put 0 0 30 3\r\nxxx\r\n");
  EXPECT_EQ(cycle.messages(), 1);
}

TEST(TextCycleTest, WritesABurstAtOnceAndWaitsForItsLastAnswer) {
  TextCycle cycle(BeanstalkTube(), 1, 2);

  EXPECT_EQ(cycle.commands(), "put 0 0 30 1\r\nx\r\nput 0 0 30 1\r\nx\r\n");
  EXPECT_EQ(*cycle.Take("INSERTED 1\r\nINSER"), Answered::kInPart);
  EXPECT_EQ(*cycle.Take("TED 2\r\n"), Answered::kInFull);
  EXPECT_EQ(cycle.commands(), "reserve\r\nreserve\r\n");
  EXPECT_EQ(*cycle.Take("RESERVED 1 1\r\nx\r\nRESERVED 2 1\r\nx"), Answered::kInPart);
  EXPECT_EQ(*cycle.Take("\r\n"), Answered::kInFull);
  EXPECT_EQ(cycle.commands(), "delete 1\r\ndelete 2\r\n");
  EXPECT_EQ(*cycle.Take("DELETED\r\nDELETED\r\n"), Answered::kInFull);
  EXPECT_EQ(cycle.messages(), 2);
}

TEST(TextCycleTest, EndsWithARefusal) {
  TextCycle cycle(BeanstalkTube(), 1, 1);

  EXPECT_FALSE(cycle.Take("DRAINING\r\n").ok());
}

TEST(TextCycleTest, EndsWithAnAnswerThatNobodyAskedFor) {
  TextCycle cycle(BeanstalkTube(), 1, 1);

  EXPECT_FALSE(cycle.Take("INSERTED 1\r\nINSERTED 2\r\n").ok());
}

}  // namespace
}  // namespace twinq::bench
