#include "broker/attachments.h"

#include <string>

#include "gtest/gtest.h"

#include "broker/payload.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

Attachments All() {
  Attachments all;
  all.attributes = {{"a", "String", "x"}, {"b", "Binary.png", absl::string_view("\0\1", 2)}};
  all.trace_header = "Root=1";
  all.dedup_id = "once";
  all.group = "";
  return all;
}

TEST(AttachmentsTest, ComeBackAsTheyWere) {
  const std::string bytes = EncodeAttachments(All());

  const absl::StatusOr<Attachments> decoded = DecodeAttachments(bytes);

  ASSERT_THAT(decoded, IsOk());
  EXPECT_EQ(*decoded, All());
}

TEST(AttachmentsTest, NothingIsNoBytes) {
  EXPECT_EQ(EncodeAttachments(Attachments()), "");
  EXPECT_EQ(*DecodeAttachments(""), Attachments());
}

TEST(AttachmentsTest, CutShortTheyAreRefusedOrFewer) {
  const std::string bytes = EncodeAttachments(All());
  for (size_t size = 1; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    const absl::StatusOr<Attachments> decoded = DecodeAttachments(cut);
    if (!decoded.ok()) continue;
    EXPECT_EQ(EncodeAttachments(*decoded), cut);
  }
  EXPECT_THAT(DecodeAttachments("\x01"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(DecodeAttachments(std::string("\x09\0\0\0\0", 5)),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(AttachmentsTest, StandBeforeTheBodyOfAPayload) {
  const PayloadPtr payload = Payload::Create("body", "attached");
  EXPECT_EQ(payload->body(), "body");
  EXPECT_EQ(payload->attachments(), "attached");
  EXPECT_EQ(payload->bytes().size(), Payload::BytesOf(4, 8));

  const PayloadPtr copy = Payload::FromBytes(payload->bytes());
  EXPECT_EQ(copy->body(), "body");
  EXPECT_EQ(copy->attachments(), "attached");
  EXPECT_EQ(Payload::Create("body")->bytes(), "body");
}

TEST(AttachmentsTest, APayloadOfAnyBytesHasPartsWithinThem) {
  for (const auto& bytes :
       {std::string(1, '\0'), std::string(4, '\0'), std::string("\0\xFF\xFF\xFF\xFF", 5),
        std::string("\0\x01\0\0\0", 5), std::string("\0\x01\0\0\0a", 6)}) {
    const PayloadPtr payload = Payload::FromBytes(bytes);
    EXPECT_LE(payload->body().size() + payload->attachments().size(), bytes.size());
  }
}

}  // namespace
}  // namespace twinq
