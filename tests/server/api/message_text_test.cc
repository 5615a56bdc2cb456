#include "server/api/message_text.h"

#include <string>

#include "gtest/gtest.h"

namespace twinq::api {
namespace {

struct CharacterCase {
  const char* name;
  std::string utf8;
  bool is_permitted;
};

class PermittedCharactersTest : public ::testing::TestWithParam<CharacterCase> {};

TEST_P(PermittedCharactersTest, AreThoseOfSqs) {
  EXPECT_EQ(HasOnlyPermittedCharacters(GetParam().utf8), GetParam().is_permitted);
}

TEST_P(PermittedCharactersTest, AreFoundAnywhereInAText) {
  EXPECT_EQ(HasOnlyPermittedCharacters("before " + GetParam().utf8 + " after"),
            GetParam().is_permitted);
}

INSTANTIATE_TEST_SUITE_P(
    Boundaries, PermittedCharactersTest,
    ::testing::Values(
        CharacterCase{"U0000", std::string(1, '\0'), false}, CharacterCase{"U0001", "\x01", false},
        CharacterCase{"U0008", "\x08", false}, CharacterCase{"U0009", "\x09", true},
        CharacterCase{"U000A", "\x0A", true}, CharacterCase{"U000B", "\x0B", false},
        CharacterCase{"U000C", "\x0C", false}, CharacterCase{"U000D", "\x0D", true},
        CharacterCase{"U000E", "\x0E", false}, CharacterCase{"U001F", "\x1F", false},
        CharacterCase{"U0020", "\x20", true}, CharacterCase{"U007F", "\x7F", true},
        CharacterCase{"U0080", "\xC2\x80", true}, CharacterCase{"U07FF", "\xDF\xBF", true},
        CharacterCase{"U0800", "\xE0\xA0\x80", true}, CharacterCase{"UD7FF", "\xED\x9F\xBF", true},
        CharacterCase{"UE000", "\xEE\x80\x80", true}, CharacterCase{"UFFFD", "\xEF\xBF\xBD", true},
        CharacterCase{"UFFFE", "\xEF\xBF\xBE", false},
        CharacterCase{"UFFFF", "\xEF\xBF\xBF", false},
        CharacterCase{"U10000", "\xF0\x90\x80\x80", true},
        CharacterCase{"U1FFFE", "\xF0\x9F\xBF\xBE", true},
        CharacterCase{"U1FFFF", "\xF0\x9F\xBF\xBF", true},
        CharacterCase{"U10FFFF", "\xF4\x8F\xBF\xBF", true}),
    [](const auto& test) { return test.param.name; });

TEST(PermittedCharactersTest, AnEmptyTextHasNoOthers) {
  EXPECT_TRUE(HasOnlyPermittedCharacters(""));
}

// SHA-256 of "abc" (FIPS 180-2, appendix B.1).
TEST(ContentDedupIdTest, IsTheSha256InLowerCaseHexadecimal) {
  EXPECT_EQ(ContentDedupId("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(DedupKeyOfTest, IsTheFirstHalfOfTheSha256) {
  EXPECT_EQ(DedupKeyOf(DedupScope::kQueue, "g", "abc"),
            (DedupKey{.high = 0xba7816bf8f01cfea, .low = 0x414140de5dae2223}));
}

TEST(DedupKeyOfTest, IdsThatDifferHaveDifferentKeys) {
  for (const DedupScope scope : {DedupScope::kQueue, DedupScope::kMessageGroup}) {
    EXPECT_NE(DedupKeyOf(scope, "g", "order-1"), DedupKeyOf(scope, "g", "order-2"));
    EXPECT_NE(DedupKeyOf(scope, "g", "order-1"), DedupKeyOf(scope, "g", "Order-1"));
  }
}

TEST(DedupKeyOfTest, TheGroupCountsInItsScopeOnly) {
  EXPECT_EQ(DedupKeyOf(DedupScope::kQueue, "g", "d"), DedupKeyOf(DedupScope::kQueue, "h", "d"));
  EXPECT_NE(DedupKeyOf(DedupScope::kMessageGroup, "g", "d"),
            DedupKeyOf(DedupScope::kMessageGroup, "h", "d"));
}

TEST(DedupKeyOfTest, GroupAndIdDoNotRunTogether) {
  EXPECT_NE(DedupKeyOf(DedupScope::kMessageGroup, "ab", "c"),
            DedupKeyOf(DedupScope::kMessageGroup, "a", "bc"));
  // Nor with what marks the end of the group.
  EXPECT_NE(DedupKeyOf(DedupScope::kMessageGroup, "a", "1:b"),
            DedupKeyOf(DedupScope::kMessageGroup, "a1:", "b"));
  EXPECT_NE(DedupKeyOf(DedupScope::kMessageGroup, "1", "1:1"),
            DedupKeyOf(DedupScope::kMessageGroup, "11:", "1"));
}

}  // namespace
}  // namespace twinq::api
