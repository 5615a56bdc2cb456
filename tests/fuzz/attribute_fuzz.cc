// The attributes of any SendMessageRequest are refused, or are stored and read again as they were,
// and have a digest. Any bytes are refused as what is attached to a message, or can be written
// again.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "proto/twinq/v1/queue.pb.h"

#include "broker/attachments.h"
#include "core/base/check.h"
#include "server/api/message_attributes.h"
#include "server/grpc/request_parser.h"
#include "wire/attribute_digests.h"

namespace twinq {
namespace {

constexpr size_t kDigestDigits = 32;

void FuzzRequest(absl::string_view bytes) {
  v1::SendMessageRequest request;
  if (ParseRequest(bytes, request).has_value()) return;
  const auto parsed = api::ParseMessageAttributes(request.message_attributes());
  const auto* attributes = std::get_if<api::MessageAttributes>(&parsed);
  if (attributes == nullptr) return;
  const auto header = api::ParseSystemAttributes(request.message_system_attributes());
  Attachments attachments{.attributes = *attributes};
  if (const auto* trace = std::get_if<0>(&header)) attachments.trace_header = *trace;
  const std::string stored = EncodeAttachments(attachments);
  TWINQ_CHECK(*DecodeAttachments(stored) == attachments);

  api::AttributeMap answered;
  size_t bytes_kept = 0;
  for (const MessageAttribute& attribute : *attributes) {
    api::AddAttribute(attribute, answered);
    bytes_kept += attribute.name.size() + attribute.type.size() + attribute.value.size();
  }
  TWINQ_CHECK(api::CountedBytes(request.message_attributes()) == bytes_kept);
  if (answered.empty()) return;
  TWINQ_CHECK(wire::Md5Of(answered) == wire::Md5Of(request.message_attributes()));
  TWINQ_CHECK(wire::Md5Of(answered).size() == kDigestDigits);
}

void FuzzStored(absl::string_view bytes) {
  const absl::StatusOr<Attachments> attachments = DecodeAttachments(bytes);
  if (!attachments.ok()) return;
  const std::string stored = EncodeAttachments(*attachments);
  TWINQ_CHECK(*DecodeAttachments(stored) == *attachments);
}

}  // namespace
}  // namespace twinq

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  [[maybe_unused]] static const bool once = (twinq::CaptureProtobufLog(), true);
  // NOLINTNEXTLINE(*-reinterpret-cast): bytes are bytes.
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  twinq::FuzzRequest(bytes);
  twinq::FuzzStored(bytes);
  return 0;
}
