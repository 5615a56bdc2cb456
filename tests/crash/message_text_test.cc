#include "tests/crash/message_text.h"

#include <string>

#include "gtest/gtest.h"

namespace twinq::crash {
namespace {

constexpr history::MessageName kName = {.producer = 3, .number = 41};

TEST(MessageTextTest, BodyNamesItsMessage) {
  EXPECT_EQ(NameInBody(BodyOf(kName, 100)), kName);
  EXPECT_EQ(BodyOf(kName, 100).size(), 100);
}

TEST(MessageTextTest, BodyIsLongerThanAskedForIfItsNameIs) {
  EXPECT_EQ(NameInBody(BodyOf(kName, 1)), kName);
}

TEST(MessageTextTest, DamagedBodyIsNobodys) {
  const std::string body = BodyOf(kName, 100);
  for (size_t place = 0; place < body.size(); ++place) {
    std::string damaged = body;
    damaged[place] = damaged[place] == 'z' ? 'y' : 'z';
    EXPECT_EQ(NameInBody(damaged), history::kNobodysMessage) << damaged;
  }
  EXPECT_EQ(NameInBody(body.substr(0, 99)), history::kNobodysMessage);
  EXPECT_EQ(NameInBody(body + "a"), history::kNobodysMessage);
  EXPECT_EQ(NameInBody(""), history::kNobodysMessage);
}

TEST(MessageTextTest, BodyOfAnotherMessageUnderThisNameIsNobodys) {
  const history::MessageName other = {.producer = 3, .number = 42};
  const std::string body = BodyOf(other, 100);

  EXPECT_EQ(NameInBody("3-41" + body.substr(4)), history::kNobodysMessage);
}

TEST(MessageTextTest, MessageIdIsReadAsItIsWritten) {
  const MessageId id = MessageId::FromRandomBits(0x0123456789abcdef, 0xfedcba9876543210);

  EXPECT_EQ(ParseMessageId(id.ToText()), id);
  EXPECT_EQ(ParseMessageId("0123"), std::nullopt);
  EXPECT_EQ(ParseMessageId(id.ToText() + "0"), std::nullopt);
}

TEST(MessageTextTest, SequenceNumbersKeepTheirOrder) {
  const SequenceNumber first = ParseSequenceNumber(SequenceNumber(77).ToText());
  const SequenceNumber second = ParseSequenceNumber(SequenceNumber(78).ToText());

  EXPECT_LT(SequenceNumber(), first);
  EXPECT_LT(first, second);
  EXPECT_EQ(ParseSequenceNumber(""), SequenceNumber());
}

}  // namespace
}  // namespace twinq::crash
