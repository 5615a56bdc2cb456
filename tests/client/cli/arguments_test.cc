#include "client/cli/arguments.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::cli {
namespace {

using ::testing::HasSubstr;

TEST(ParseAssignmentTest, TheFirstEqualsSignDivides) {
  const auto assignment = ParseAssignment("Policy={\"a\"=1}");

  ASSERT_TRUE(assignment.ok());
  EXPECT_EQ(assignment->name, "Policy");
  EXPECT_EQ(assignment->value, "{\"a\"=1}");
}

TEST(ParseAssignmentTest, AValueMayBeEmpty) { EXPECT_EQ(ParseAssignment("Policy=")->value, ""); }

TEST(ParseAssignmentTest, WithoutANameOrASignItIsNone) {
  for (const char* text : {"", "=", "=5", "Policy"}) {
    EXPECT_THAT(std::string(ParseAssignment(text).status().message()), HasSubstr("NAME=VALUE"))
        << text;
  }
}

TEST(ParseAttributeTest, TheTypeIsStringUnlessItIsNamed) {
  const auto plain = ParseAttribute("color=red");
  const auto number = ParseAttribute("total:Number.eur=12.50");

  ASSERT_TRUE(plain.ok() && number.ok());
  EXPECT_EQ(plain->first, "color");
  EXPECT_EQ(plain->second, (client::MessageAttribute{.data_type = "String", .value = "red"}));
  EXPECT_EQ(number->first, "total");
  EXPECT_EQ(number->second,
            (client::MessageAttribute{.data_type = "Number.eur", .value = "12.50"}));
}

TEST(NameOfTest, IsTheLastPartOfAUrl) {
  EXPECT_EQ(NameOf("http://host:9323/000000000000/orders.fifo"), "orders.fifo");
  EXPECT_EQ(NameOf("orders.fifo"), "orders.fifo");
}

}  // namespace
}  // namespace twinq::cli
