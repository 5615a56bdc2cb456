#include "wire/attribute_digests.h"

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace twinq::wire {
namespace {

struct Given {
  const char* name;
  const char* type;
  std::string value;
};

AttributeMap MapOf(const std::vector<Given>& attributes) {
  AttributeMap map;
  for (const Given& given : attributes) {
    v1::MessageAttributeValue& value = map[given.name];
    value.set_data_type(given.type);
    const bool is_binary = absl::string_view(given.type).substr(0, 6) == "Binary";
    (is_binary ? *value.mutable_binary_value() : *value.mutable_string_value()) = given.value;
  }
  return map;
}

// SQS semantics, section 9.
TEST(DigestsTest, OfBodiesAreThoseOfTheService) {
  EXPECT_EQ(Md5Of("message"), "78e731027d8fd50ed642340b7c9a63b3");
  EXPECT_EQ(Md5Of("hi"), "49f68a5c8493ec2c0bf489821c21fc3b");
  EXPECT_EQ(Md5Of("h\xC3\xA9llo"), "be50e8478cf24ff3595bc7307fb91b50");
}

struct VectorCase {
  const char* name;
  std::vector<Given> attributes;
  const char* md5;
};

class AttributeDigestTest : public ::testing::TestWithParam<VectorCase> {};

TEST_P(AttributeDigestTest, IsThatOfTheService) {
  EXPECT_EQ(Md5Of(MapOf(GetParam().attributes)), GetParam().md5);
}

INSTANTIATE_TEST_SUITE_P(
    Vectors, AttributeDigestTest,
    ::testing::Values(
        VectorCase{"K", {{"k", "String", "x"}}, "a45daa70926828a2f0a1db3418e6feb4"},
        VectorCase{"Number",
                   {{"timestamp", "Number", "1493147359900"}},
                   "235c5c510d26fb653d073faed50ae77c"},
        VectorCase{"MyAttribute",
                   {{"MyAttribute", "String", "foobar"}},
                   "adb59cd4678ea5a855436b949cd07ab6"},
        VectorCase{"Foo", {{"Foo", "String", "Bar"}}, "ae7155c6026991b6d54b11589678bf9c"},
        VectorCase{"Hello", {{"Hello", "String", "There"}}, "a311262e065454b75da111d535b8dacd"},
        VectorCase{"Two",
                   {{"Hello", "String", "There"}, {"General", "String", "Kenobi"}},
                   "fca026605781cb4126a1e9044df24232"},
        VectorCase{"WithPeriod",
                   {{"Hello", "String", "There"}, {"Help.Me", "String", "Me"}},
                   "83fee93c1bcd8b9a5a923ffacdc636c7"},
        VectorCase{"Three",
                   {{"Hello", "String", "There"},
                    {"General", "String", "Kenobi"},
                    {"Help.Me", "String", "Me"}},
                   "4c360f3fdafd970e05fae2f149d997f5"},
        VectorCase{"Binary",
                   {{"attr1", "Binary",
                     "traceparent\x1e"
                     "00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"}},
                   "8cbe4db156db8a94db8b801b7addb984"},
        VectorCase{
            "NumberWithLabel", {{"n", "Number.int", "42"}}, "3b99c059e6bafef8133881a6b05a084f"},
        VectorCase{"BinaryWithLabel",
                   {{"b", "Binary.png", std::string("\0\1\2", 3)}},
                   "ade15e60daa837c1eea1e74ee488433e"},
        VectorCase{"NotAscii", {{"a", "String", "\xC3\xA9"}}, "c4165ff38d6f49dc65bdda0cf099bde4"},
        VectorCase{"TraceHeader",
                   {{"AWSTraceHeader", "String",
                     "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"}},
                   "5ae4d5d7636402d80f4eb6d213245a88"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq::wire
