#include "core/model/group_id.h"

#include <string>

#include "gtest/gtest.h"

#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

struct GroupCase {
  const char* name;
  std::string text;
  absl::StatusCode code;
};

class GroupIdTest : public ::testing::TestWithParam<GroupCase> {};

TEST_P(GroupIdTest, TakesPrintableAsciiWithoutSpace) {
  const auto group = GroupId::Parse(GetParam().text);

  ASSERT_THAT(group, StatusIs(GetParam().code));
  EXPECT_EQ(HasGroupIdSyntax(GetParam().text), group.ok());
  if (group.ok()) {
    EXPECT_EQ(group->text(), GetParam().text);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Boundaries, GroupIdTest,
    ::testing::Values(GroupCase{"Empty", "", absl::StatusCode::kInvalidArgument},
                      GroupCase{"One", "a", absl::StatusCode::kOk},
                      GroupCase{"Longest", std::string(128, 'a'), absl::StatusCode::kOk},
                      GroupCase{"TooLong", std::string(129, 'a'),
                                absl::StatusCode::kInvalidArgument},
                      GroupCase{"FirstCharacter", "!", absl::StatusCode::kOk},
                      GroupCase{"LastCharacter", "~", absl::StatusCode::kOk},
                      GroupCase{"Space", "a b", absl::StatusCode::kInvalidArgument},
                      GroupCase{"Delete", "\x7F", absl::StatusCode::kInvalidArgument},
                      GroupCase{"NotAscii", "\xC3\xA4", absl::StatusCode::kInvalidArgument},
                      GroupCase{"Zero", std::string(1, '\0'), absl::StatusCode::kInvalidArgument}),
    [](const auto& test) { return test.param.name; });

TEST(NoGroupTest, IsEmpty) { EXPECT_TRUE(GroupId().empty()); }

}  // namespace
}  // namespace twinq
