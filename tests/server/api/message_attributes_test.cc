#include "server/api/message_attributes.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"

namespace twinq::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

void Put(const std::string& name, const std::string& type, const std::string& text,
         AttributeMap& attributes) {
  attributes[name].set_data_type(type);
  attributes[name].set_string_value(text);
}

class MessageAttributesTest : public ::testing::Test {
 protected:
  MessageAttributesTest() {
    server_.CreateQueue("jobs");
    server_.CreateQueue("orders.fifo", {{"ContentBasedDeduplication", "true"}});
    server_.CreateQueue("small", {{"MaximumMessageSize", "1024"}});
    send_.set_queue_url("jobs");
    send_.set_message_body("body");
    Put("Hello", "String", "There", *send_.mutable_message_attributes());
    Put("Help.Me", "String", "Me", *send_.mutable_message_attributes());
    Put("General", "Number.int", "-1.5e3", *send_.mutable_message_attributes());
    (*send_.mutable_message_attributes())["Raw"].set_data_type("Binary.png");
    (*send_.mutable_message_attributes())["Raw"].set_binary_value(std::string("\0\xFF", 2));
    receive_.set_queue_url("jobs");
  }

  std::optional<ApiError> Send() {
    v1::SendMessageResponse response;
    return server_.Call(send_, response);
  }
  v1::Message Received() {
    v1::ReceiveMessageResponse response;
    EXPECT_EQ(server_.Call(receive_, response), std::nullopt);
    EXPECT_EQ(response.messages_size(), 1);
    return response.messages_size() == 1 ? response.messages(0) : v1::Message();
  }
  // The names of the attributes that a receive of these gets.
  std::vector<std::string> NamesFor(const std::vector<std::string>& wanted) {
    EXPECT_EQ(Send(), std::nullopt);
    receive_.clear_message_attribute_names();
    for (const std::string& name : wanted) receive_.add_message_attribute_names(name);
    std::vector<std::string> names;
    const v1::Message message = Received();
    for (const auto& [name, value] : message.message_attributes()) names.push_back(name);
    return names;
  }
  std::map<std::string, std::string> SystemAttributes() {
    const v1::Message message = Received();
    return {message.attributes().begin(), message.attributes().end()};
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
  v1::SendMessageRequest send_;
  v1::ReceiveMessageRequest receive_;
};

TEST_F(MessageAttributesTest, ComeBackAsTheyWereSent) {
  ASSERT_EQ(Send(), std::nullopt);
  receive_.add_message_attribute_names("All");

  const v1::Message message = Received();

  EXPECT_EQ(message.body(), "body");
  EXPECT_EQ(message.message_attributes_size(), 4);
  EXPECT_EQ(message.message_attributes().at("General").data_type(), "Number.int");
  EXPECT_EQ(message.message_attributes().at("General").string_value(), "-1.5e3");
  EXPECT_FALSE(message.message_attributes().at("General").has_binary_value());
  EXPECT_EQ(message.message_attributes().at("Raw").binary_value(), std::string("\0\xFF", 2));
  EXPECT_THAT(message.attributes(), IsEmpty());
}

TEST_F(MessageAttributesTest, OnlyThoseAskedForAreAnswered) {
  EXPECT_THAT(NamesFor({}), IsEmpty());
  EXPECT_THAT(NamesFor({"Hel.*"}), UnorderedElementsAre("Hello", "Help.Me"));
  EXPECT_THAT(NamesFor({"Help.Me", "Raw", "other", "a b"}), UnorderedElementsAre("Help.Me", "Raw"));
  EXPECT_THAT(NamesFor({"hello"}), IsEmpty());
  for (const char* all : {"All", "*", ".*"}) EXPECT_EQ(NamesFor({all}).size(), 4u);
}

TEST_F(MessageAttributesTest, DigestsCoverWhatIsAnswered) {
  send_.clear_message_attributes();
  Put("Hello", "String", "There", *send_.mutable_message_attributes());
  Put("General", "String", "Kenobi", *send_.mutable_message_attributes());
  Put("AWSTraceHeader", "String",
      "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
      *send_.mutable_message_system_attributes());
  v1::SendMessageResponse sent;
  EXPECT_EQ(server_.Call(send_, sent, Digests::kAdded), std::nullopt);
  EXPECT_EQ(sent.md5_of_message_body(), "841a2d689ad86bd1611447453c22c6fc");
  EXPECT_EQ(sent.md5_of_message_attributes(), "fca026605781cb4126a1e9044df24232");
  EXPECT_EQ(sent.md5_of_message_system_attributes(), "5ae4d5d7636402d80f4eb6d213245a88");

  receive_.add_message_attribute_names("Hello");
  v1::ReceiveMessageResponse received;
  EXPECT_EQ(server_.Call(receive_, received, Digests::kAdded), std::nullopt);
  EXPECT_EQ(received.messages(0).md5_of_body(), "841a2d689ad86bd1611447453c22c6fc");
  EXPECT_EQ(received.messages(0).md5_of_message_attributes(), "a311262e065454b75da111d535b8dacd");
}

TEST_F(MessageAttributesTest, EntriesOfABatchHaveTheirOwnDigests) {
  v1::SendMessageBatchRequest batch;
  batch.set_queue_url("jobs");
  for (const char* body : {"message", "\x01", "hi"}) {
    v1::SendMessageBatchRequestEntry& entry = *batch.add_entries();
    entry.set_id(std::to_string(batch.entries_size()));
    entry.set_message_body(body);
  }
  v1::SendMessageBatchResponse sent;
  EXPECT_EQ(server_.Call(batch, sent, Digests::kAdded), std::nullopt);

  ASSERT_EQ(sent.successful_size(), 2);
  EXPECT_EQ(sent.successful(0).md5_of_message_body(), "78e731027d8fd50ed642340b7c9a63b3");
  EXPECT_EQ(sent.successful(1).md5_of_message_body(), "49f68a5c8493ec2c0bf489821c21fc3b");
  EXPECT_FALSE(sent.successful(1).has_md5_of_message_attributes());
}

TEST_F(MessageAttributesTest, WithoutTheWishThereAreNoDigests) {
  v1::SendMessageResponse sent;
  EXPECT_EQ(server_.Call(send_, sent), std::nullopt);

  EXPECT_FALSE(sent.has_md5_of_message_body());
  EXPECT_FALSE(sent.has_md5_of_message_attributes());
  EXPECT_FALSE(Received().has_md5_of_body());
}

TEST_F(MessageAttributesTest, SystemAttributesOfAStandardQueue) {
  send_.set_message_group_id("tenant");
  Put("AWSTraceHeader", "String", "Root=1", *send_.mutable_message_system_attributes());
  ASSERT_EQ(Send(), std::nullopt);
  server_.shard.clock.Advance(absl::Milliseconds(1'500));
  receive_.add_message_system_attribute_names("All");

  EXPECT_THAT(
      SystemAttributes(),
      ElementsAre(Pair("AWSTraceHeader", "Root=1"),
                  Pair("ApproximateFirstReceiveTimestamp", "1700000001500"),
                  Pair("ApproximateReceiveCount", "1"), Pair("MessageGroupId", "tenant"),
                  Pair("SenderId", "000000000000"), Pair("SentTimestamp", "1700000000000")));
}

TEST_F(MessageAttributesTest, SystemAttributesOfAFifoQueue) {
  send_.set_queue_url("orders.fifo");
  send_.set_message_group_id("ada");
  ASSERT_EQ(Send(), std::nullopt);
  receive_.set_queue_url("orders.fifo");
  for (const char* name : {"MessageGroupId", "MessageDeduplicationId", "AWSTraceHeader", "other"}) {
    receive_.add_attribute_names(name);
  }

  // Deduplicated by the SHA-256 of "body".
  EXPECT_THAT(SystemAttributes(),
              ElementsAre(Pair("MessageDeduplicationId",
                               "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5"),
                          Pair("MessageGroupId", "ada")));
}

TEST_F(MessageAttributesTest, AnIdThatWasGivenIsAnsweredAsItWas) {
  send_.set_queue_url("orders.fifo");
  send_.set_message_group_id("ada");
  send_.set_message_deduplication_id("once");
  ASSERT_EQ(Send(), std::nullopt);
  receive_.set_queue_url("orders.fifo");
  receive_.add_attribute_names("SenderId");
  receive_.add_message_system_attribute_names("MessageDeduplicationId");

  EXPECT_THAT(SystemAttributes(), ElementsAre(Pair("MessageDeduplicationId", "once")));
}

TEST_F(MessageAttributesTest, CountTowardTheSize) {
  send_.set_queue_url("small");
  send_.clear_message_attributes();
  Put("name", "String", "value", *send_.mutable_message_attributes());
  Put("AWSTraceHeader", "String", std::string(4'096, 'x'),
      *send_.mutable_message_system_attributes());
  send_.set_message_body(std::string(1'024 - 15, 'b'));
  EXPECT_EQ(Send(), std::nullopt);

  send_.mutable_message_body()->push_back('b');
  EXPECT_EQ(Send(), (ApiError{.code = ApiErrorCode::kMessageTooLong, .value = "1024"}));
}

TEST_F(MessageAttributesTest, TenAreTheMost) {
  for (int i = 4; i < 10; ++i) {
    Put("a" + std::to_string(i), "String", "x", *send_.mutable_message_attributes());
  }
  EXPECT_EQ(Send(), std::nullopt);

  Put("a10", "String", "x", *send_.mutable_message_attributes());
  EXPECT_EQ(Send(), (ApiError{.code = ApiErrorCode::kTooManyMessageAttributes, .value = "11"}));
}

TEST_F(MessageAttributesTest, NamesAndTypesOfExactlyTheLimitAreAccepted) {
  const std::string name(256, 'n');
  Put(name, "String." + std::string(249, 't'), "x", *send_.mutable_message_attributes());
  Put("\xC3\xA9", "Number", "007", *send_.mutable_message_attributes());

  EXPECT_EQ(Send(), std::nullopt);
}

}  // namespace
}  // namespace twinq::api
