#include "bench/e2e/queue_dialect.h"

#include <cstddef>
#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::bench {
namespace {

using testing::HasSubstr;

TEST(RedisListTest, SpeaksResp) {
  const auto redis = RedisList(7);

  EXPECT_EQ(redis->Send("ab"), "*3\r\n$5\r\nLPUSH\r\n$5\r\nbench\r\n$2\r\nab\r\n");
  EXPECT_EQ(redis->Receive(),
            "*5\r\n$5\r\nLMOVE\r\n$5\r\nbench\r\n$7\r\nbench:7\r\n$5\r\nRIGHT\r\n$4\r\nLEFT\r\n");
  EXPECT_EQ(redis->Acknowledge("ab"),
            "*4\r\n$4\r\nLREM\r\n$7\r\nbench:7\r\n$1\r\n1\r\n$2\r\nab\r\n");
}

TEST(BeanstalkTubeTest, SpeaksTheProtocolOfBeanstalkd) {
  const auto tube = BeanstalkTube();

  EXPECT_EQ(tube->Send("ab"), "put 0 0 30 2\r\nab\r\n");
  EXPECT_EQ(tube->Receive(), "reserve\r\n");
  EXPECT_EQ(tube->Acknowledge("12"), "delete 12\r\n");
}

struct AnswerCase {
  std::string name;
  std::unique_ptr<QueueDialect> (*dialect)();
  std::string answer;
  std::string handle;
};

std::unique_ptr<QueueDialect> Redis() { return RedisList(0); }

class AnswerTest : public testing::TestWithParam<AnswerCase> {};

TEST_P(AnswerTest, IsReadWithWhatFollowsIt) {
  const auto dialect = GetParam().dialect();
  const std::string bytes = GetParam().answer + "more";

  const auto answer = dialect->Read(bytes);

  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->bytes, GetParam().answer.size());
  EXPECT_EQ(answer->handle, GetParam().handle);
}

TEST_P(AnswerTest, IsIncompleteWhereverItIsCut) {
  const auto dialect = GetParam().dialect();
  const std::string& whole = GetParam().answer;

  for (size_t bytes = 0; bytes < whole.size(); ++bytes) {
    const auto answer = dialect->Read(whole.substr(0, bytes));
    ASSERT_TRUE(answer.ok()) << bytes;
    EXPECT_EQ(answer->bytes, 0U) << bytes;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Answers, AnswerTest,
    testing::Values(AnswerCase{"RedisNumber", Redis, ":12\r\n", ""},
                    AnswerCase{"RedisMessage", Redis, "$4\r\na\r\nb\r\n", "a\r\nb"},
                    AnswerCase{"BeanstalkInserted", BeanstalkTube, "INSERTED 7\r\n", ""},
                    AnswerCase{"BeanstalkReserved", BeanstalkTube, "RESERVED 7 4\r\na\r\nb\r\n",
                               "7"},
                    AnswerCase{"BeanstalkDeleted", BeanstalkTube, "DELETED\r\n", ""}),
    [](const auto& test) { return test.param.name; });

struct RefusalCase {
  std::string name;
  std::unique_ptr<QueueDialect> (*dialect)();
  std::string line;
};

class RefusalTest : public testing::TestWithParam<RefusalCase> {};

TEST_P(RefusalTest, IsAnErrorThatQuotesIt) {
  const auto answer = GetParam().dialect()->Read(GetParam().line + "\r\n");

  ASSERT_FALSE(answer.ok());
  EXPECT_THAT(std::string(answer.status().message()), HasSubstr(GetParam().line));
}

INSTANTIATE_TEST_SUITE_P(
    Refusals, RefusalTest,
    testing::Values(RefusalCase{"RedisError", Redis, "-ERR unknown command"},
                    RefusalCase{"RedisHasNoMessage", Redis, "$-1"},
                    RefusalCase{"RedisRemovedNothing", Redis, ":0"},
                    RefusalCase{"RedisEmptyLine", Redis, ""},
                    RefusalCase{"BeanstalkNotFound", BeanstalkTube, "NOT_FOUND"},
                    RefusalCase{"BeanstalkOutOfMemory", BeanstalkTube, "OUT_OF_MEMORY"},
                    RefusalCase{"BeanstalkReservedOfNoSize", BeanstalkTube, "RESERVED 7 x"},
                    RefusalCase{"BeanstalkEmptyLine", BeanstalkTube, ""}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq::bench
