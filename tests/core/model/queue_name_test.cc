#include "core/model/queue_name.h"

#include <string>

#include "gtest/gtest.h"

#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

struct NameCase {
  const char* name;
  std::string text;
  QueueKind kind;
};

class QueueNameTest : public ::testing::TestWithParam<NameCase> {};

TEST_P(QueueNameTest, IsKeptAndTellsTheKind) {
  const auto name = QueueName::Parse(GetParam().text);

  ASSERT_THAT(name, IsOk());
  EXPECT_EQ(name->text(), GetParam().text);
  EXPECT_EQ(name->kind(), GetParam().kind);
}

INSTANTIATE_TEST_SUITE_P(
    Names, QueueNameTest,
    ::testing::Values(NameCase{"OneCharacter", "a", QueueKind::kStandard},
                      NameCase{"EveryKindOfCharacter", "aZ09-_", QueueKind::kStandard},
                      NameCase{"Longest", std::string(80, 'q'), QueueKind::kStandard},
                      NameCase{"WordFifoWithoutDot", "fifo", QueueKind::kStandard},
                      NameCase{"ShortestFifo", "a.fifo", QueueKind::kFifo},
                      NameCase{"LongestFifo", std::string(75, 'q') + ".fifo", QueueKind::kFifo}),
    [](const auto& test) { return test.param.name; });

struct NoNameCase {
  const char* name;
  std::string text;
};

class NoQueueNameTest : public ::testing::TestWithParam<NoNameCase> {};

TEST_P(NoQueueNameTest, IsRefused) {
  EXPECT_THAT(QueueName::Parse(GetParam().text), StatusIs(absl::StatusCode::kInvalidArgument));
}

INSTANTIATE_TEST_SUITE_P(
    NoNames, NoQueueNameTest,
    ::testing::Values(NoNameCase{"Empty", ""}, NoNameCase{"OnlySuffix", ".fifo"},
                      NoNameCase{"TooLong", std::string(81, 'q')},
                      NoNameCase{"TooLongFifo", std::string(76, 'q') + ".fifo"},
                      NoNameCase{"Dot", "a.b"}, NoNameCase{"OtherSuffix", "a.FIFO"},
                      NoNameCase{"TwoSuffixes", "a.fifo.fifo"}, NoNameCase{"Space", "a b"},
                      NoNameCase{"Slash", "a/b"}, NoNameCase{"Zero", std::string("a\0b", 3)},
                      NoNameCase{"NotAscii", "\xC3\xA4"}),
    [](const auto& test) { return test.param.name; });

TEST(QueueNameTest, IsCaseSensitive) {
  EXPECT_NE(*QueueName::Parse("jobs"), *QueueName::Parse("Jobs"));
}

}  // namespace
}  // namespace twinq
