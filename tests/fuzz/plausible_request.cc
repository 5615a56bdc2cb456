#include "tests/fuzz/plausible_request.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace twinq {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Texts = std::vector<absl::string_view>;

// The values of a member, found by its name; of a map's keys and values, "NAME.key".
struct Pool {
  absl::string_view member;
  Texts texts;
};

const Texts& QueueNames() {
  static const Texts names = {"jobs", "orders.fifo", "dead", "dead.fifo", "", ".fifo", "a b"};
  return names;
}

const Texts& AttributeNames() {
  static const Texts names = {"All",
                              "VisibilityTimeout",
                              "DelaySeconds",
                              "MaximumMessageSize",
                              "MessageRetentionPeriod",
                              "ReceiveMessageWaitTimeSeconds",
                              "FifoQueue",
                              "ContentBasedDeduplication",
                              "DeduplicationScope",
                              "FifoThroughputLimit",
                              "RedrivePolicy",
                              "RedriveAllowPolicy",
                              "Policy",
                              "KmsMasterKeyId",
                              "KmsDataKeyReusePeriodSeconds",
                              "SqsManagedSseEnabled",
                              "QueueArn"};
  return names;
}

const Texts& AttributeValues() {
  static const Texts values = {
      "true",
      "0",
      "1",
      "60",
      "900",
      "1024",
      "1048576",
      "false",
      "messageGroup",
      "queue",
      "perMessageGroupId",
      "perQueue",
      "",
      "-1",
      "99999999999999999999",
      R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":1})",
      R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:jobs","maxReceiveCount":"2"})",
      R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead.fifo","maxReceiveCount":1})",
      R"({"redrivePermission":"byQueue","sourceQueueArns":["arn:aws:sqs:us-east-1:000000000000:jobs"]})",
      R"({"redrivePermission":"denyAll"})",
      R"({"Statement":[{"Sid":"a"}]})"};
  return values;
}

const std::vector<Pool>& Pools() {
  static const Texts message_attributes = {"a", "b.c", "d", "", "AWS.x", "e..f"};
  static const Texts labels = {"a", "b", "", "x y"};
  static const Texts received = {
      "All", "SenderId", "SentTimestamp",  "AWSTraceHeader",        "SequenceNumber", "a",
      "b.*", ".*",       "MessageGroupId", "MessageDeduplicationId"};
  static const std::vector<Pool> pools = {
      {"queue_url",
       {"jobs", "orders.fifo", "dead", "dead.fifo", "http://host:9323/000000000000/jobs",
        "http://host:9323/000000000000/orders.fifo/", "none", "", "/", "//"}},
      {"queue_name", QueueNames()},
      {"queue_name_prefix", QueueNames()},
      {"attributes.key", AttributeNames()},
      {"attributes.value", AttributeValues()},
      {"attribute_names", AttributeNames()},
      {"message_system_attribute_names", received},
      {"message_attribute_names", received},
      {"message_attributes.key", message_attributes},
      {"message_system_attributes.key", {"AWSTraceHeader", "x"}},
      {"data_type", {"String", "Number", "Binary", "Number.int", "String.", "Strin", ""}},
      {"string_value", {"x", "1", "-1.5e10", "nan", "", "1e999"}},
      {"message_group_id", {"g", "h", "", "a b"}},
      {"message_deduplication_id", {"d", "e", "f", "", "a b"}},
      {"id", {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "", "a b"}},
      {"tags.key", labels},
      {"tags.value", labels},
      {"tag_keys", labels},
      {"label", labels},
      {"aws_account_ids", {"000000000000", "123456789012", "", "*", "1"}},
      {"actions", {"SendMessage", "*", "ReceiveMessage", "DeleteMessage", "sendmessage", ""}},
  };
  return pools;
}

const Texts& PoolOf(const std::string& member) {
  static const Texts none = {"x", "y", ""};
  for (const Pool& pool : Pools()) {
    if (pool.member == member) return pool.texts;
  }
  return none;
}

int32_t SomeNumber(FuzzInput& input) {
  static constexpr int32_t kNumbers[] = {1,
                                         0,
                                         10,
                                         2,
                                         20,
                                         -1,
                                         11,
                                         900,
                                         901,
                                         43'200,
                                         43'201,
                                         1'000,
                                         1'001,
                                         500,
                                         30,
                                         2'147'483'647,
                                         -2'147'483'647 - 1};
  return kNumbers[input.UpTo(std::size(kNumbers) - 1)];
}

// At the limits of lengths, and beyond.
std::string LongText(FuzzInput& input) {
  static constexpr size_t kLengths[] = {80, 81, 128, 129, 256, 257, 1'024, 1'025, 8'193, 1'048'577};
  const size_t length = kLengths[input.UpTo(std::size(kLengths) - 1)];
  return std::string(length, static_cast<char>('a' + input.UpTo(3)));
}

std::string Spoiled(FuzzInput& input, std::string text) {
  if (text.empty()) return text;
  text[input.UpTo(text.size() - 1)] = static_cast<char>(input.UpTo(127));
  return text;
}

std::string SomeKnown(FuzzInput& input, const std::vector<std::string>& known) {
  if (known.empty()) return "";
  std::string text = known[input.UpTo(known.size() - 1)];
  return input.UpTo(7) == 7 ? Spoiled(input, std::move(text)) : text;
}

std::string SomeText(FuzzInput& input, const LearnedTexts& learned, const std::string& member) {
  const uint64_t kind = input.UpTo(31);
  if (kind == 30) return input.Text(input.UpTo(40));
  if (kind == 31) return LongText(input);
  if (member == "receipt_handle") return SomeKnown(input, learned.handles);
  if (member == "next_token") return SomeKnown(input, learned.tokens);
  const Texts& texts = PoolOf(member);
  return std::string(texts[input.UpTo(texts.size() - 1)]);
}

std::string NameOf(const FieldDescriptor& field) {
  if (!field.containing_type()->options().map_entry()) return field.name();
  // A map's entries are named for it: the entries of tags are a TagsEntry.
  std::string member;
  for (const char letter : absl::string_view(field.containing_type()->name())) {
    if (absl::ascii_isupper(static_cast<unsigned char>(letter)) && !member.empty()) member += '_';
    member += absl::ascii_tolower(static_cast<unsigned char>(letter));
  }
  return absl::StrCat(member.substr(0, member.rfind("_entry")), ".", field.name());
}

class Filler {
 public:
  Filler(FuzzInput& input, const LearnedTexts& learned) : input_(input), learned_(learned) {}

  void FillIn(Message& message) {
    const google::protobuf::Descriptor& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (field.is_repeated()) {
        const uint64_t rare = input_.UpTo(15);
        const uint64_t count = rare == 15 ? input_.UpTo(60) : input_.UpTo(3);
        for (uint64_t added = 0; added < count; ++added) Add(message, field);
      } else if (input_.UpTo(3) != 0) {
        Set(message, field);
      }
    }
  }

 private:
  void Set(Message& message, const FieldDescriptor& field) {
    const Reflection& reflection = *message.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return reflection.SetString(&message, &field, SomeText(input_, learned_, NameOf(field)));
      case FieldDescriptor::CPPTYPE_INT32:
        return reflection.SetInt32(&message, &field, SomeNumber(input_));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return FillIn(*reflection.MutableMessage(&message, &field));
      default:
        return;  // No request has others.
    }
  }

  void Add(Message& message, const FieldDescriptor& field) {
    const Reflection& reflection = *message.GetReflection();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return FillIn(*reflection.AddMessage(&message, &field));
    }
    reflection.AddString(&message, &field, SomeText(input_, learned_, NameOf(field)));
  }

  FuzzInput& input_;
  const LearnedTexts& learned_;
};

}  // namespace

void FillInPlausibly(FuzzInput& input, const LearnedTexts& learned, Message& request) {
  Filler(input, learned).FillIn(request);
}

}  // namespace twinq
