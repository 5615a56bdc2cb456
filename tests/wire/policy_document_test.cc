#include "wire/policy_document.h"

#include <optional>

#include "gtest/gtest.h"

namespace twinq::wire {
namespace {

AllowStatement StatementNamed(const char* sid) {
  return {.sid = sid, .principals = {"p"}, .actions = {"a", "b"}, .resource = "r"};
}

TEST(PolicyDocumentTest, WhatIsNoObjectIsNoPolicy) {
  for (const char* text : {"", "1", "[]", "{", "{} {}"}) {
    EXPECT_FALSE(PolicyDocument::Parse(text).has_value()) << text;
  }
}

TEST(PolicyDocumentTest, StatementsAreAddedBehindTheOthers) {
  PolicyDocument document = PolicyDocument::WithId("id");
  document.Add(StatementNamed("one"));
  document.Add(StatementNamed("two"));

  EXPECT_EQ(document.statements(), 2u);
  EXPECT_EQ(document.Text(),
            R"({"Version":"2008-10-17","Id":"id","Statement":[)"
            R"({"Sid":"one","Effect":"Allow","Principal":{"AWS":"p"},"Action":["a","b"],)"
            R"("Resource":"r"},)"
            R"({"Sid":"two","Effect":"Allow","Principal":{"AWS":"p"},"Action":["a","b"],)"
            R"("Resource":"r"}]})");
}

TEST(PolicyDocumentTest, AllElseStaysInItsPlace) {
  auto document = PolicyDocument::Parse(R"({"b":1,"Statement":[{"Sid":"x"},{"Sid":7},3],"a":[]})");
  ASSERT_TRUE(document.has_value());
  EXPECT_TRUE(document->HasStatement("x"));
  EXPECT_FALSE(document->HasStatement("7"));

  document->Remove("x");

  EXPECT_EQ(document->Text(), R"({"b":1,"Statement":[{"Sid":7},3],"a":[]})");
}

TEST(PolicyDocumentTest, ASingleStatementIsAListOfOne) {
  const auto document = PolicyDocument::Parse(R"({"Statement":{"Sid":"x"}})");

  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->statements(), 1u);
  EXPECT_TRUE(document->HasStatement("x"));
  EXPECT_EQ(document->Text(), R"({"Statement":[{"Sid":"x"}]})");
}

}  // namespace
}  // namespace twinq::wire
