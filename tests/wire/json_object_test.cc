#include "wire/json_object.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::wire {
namespace {

using ::testing::ElementsAre;

TEST(JsonObjectTest, OtherTextsAreNone) {
  for (const char* text :
       {"", "{", "[]", "1", "\"a\"", "null", "{} x", "{'a':1}", "{\"a\":\xFF}"}) {
    EXPECT_FALSE(JsonObject::Parse(text).has_value()) << text;
  }
  EXPECT_TRUE(JsonObject::Parse(" { } ").has_value());
}

TEST(JsonObjectTest, DepthIsBounded) {
  const auto nested = [](size_t levels) {
    return "{\"a\":" + std::string(levels, '[') + std::string(levels, ']') + "}";
  };
  EXPECT_TRUE(JsonObject::Parse(nested(30)).has_value());
  EXPECT_FALSE(JsonObject::Parse(nested(100)).has_value());
  EXPECT_FALSE(JsonObject::Parse(std::string(100'000, '[')).has_value());
}

TEST(JsonObjectTest, NumbersBeyondDoubleAreNone) {
  EXPECT_FALSE(JsonObject::Parse(R"({"a":1e400})").has_value());
  EXPECT_FALSE(JsonObject::Parse(R"({"a":[{"b":-1e400}]})").has_value());
  EXPECT_TRUE(JsonObject::Parse(R"({"a":[1e300,1e-400]})").has_value());
}

TEST(JsonObjectTest, SaysTheSameInOneFormOnly) {
  const auto first = JsonObject::Parse(R"({"b": [1, {"d": "x\u00e9\"", "c": null}], "a": true})");
  const auto second =
      JsonObject::Parse("{\"a\":true,\"b\":[1,{\"c\":null,\"d\":\"x\xC3\xA9\\\"\"}]}");

  EXPECT_EQ(first->Canonical(), second->Canonical());
  EXPECT_EQ(second->Canonical(), "{\"a\":true,\"b\":[1,{\"c\":null,\"d\":\"x\xC3\xA9\\\"\"}]}");
}

TEST(JsonObjectTest, MembersAreFoundByNameAndKind) {
  const auto object = JsonObject::Parse(R"({"s":"x","n":12,"a":["p","q"],"m":["p",1]})");

  EXPECT_TRUE(object->Has("n"));
  EXPECT_FALSE(object->Has("N"));
  EXPECT_EQ(object->String("s"), "x");
  EXPECT_EQ(object->String("n"), std::nullopt);
  EXPECT_EQ(object->Text("n"), "12");
  EXPECT_EQ(object->Text("s"), "x");
  EXPECT_EQ(object->Text("a"), "[\"p\",\"q\"]");
  EXPECT_EQ(object->Text("none"), std::nullopt);
  EXPECT_THAT(*object->Strings("a"), ElementsAre("p", "q"));
  EXPECT_EQ(object->Strings("m"), std::nullopt);
  EXPECT_EQ(object->Strings("s"), std::nullopt);
}

}  // namespace
}  // namespace twinq::wire
