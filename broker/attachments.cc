#include "broker/attachments.h"

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"

namespace twinq {
namespace {

enum class Kind : uint8_t { kAttribute = 1, kTraceHeader = 2, kDedupId = 3, kGroup = 4 };

constexpr size_t kLengthBytes = 4;

void PutText(absl::string_view text, std::string& bytes) {
  for (size_t i = 0; i < kLengthBytes; ++i) {
    bytes.push_back(static_cast<char>(text.size() >> (8 * i)));
  }
  bytes.append(text.data(), text.size());
}

void PutOptional(Kind kind, std::optional<absl::string_view> text, std::string& bytes) {
  if (!text.has_value()) return;
  bytes.push_back(static_cast<char>(kind));
  PutText(*text, bytes);
}

// After the first text that is not there, ok() is false.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : rest_(bytes) {}

  bool ok() const { return is_ok_; }
  bool at_end() const { return rest_.empty(); }
  Kind TakeKind() {
    const auto kind = static_cast<Kind>(rest_.front());
    rest_.remove_prefix(1);
    return kind;
  }
  absl::string_view TakeText() {
    size_t size = 0;
    is_ok_ = is_ok_ && rest_.size() >= kLengthBytes;
    for (size_t i = 0; is_ok_ && i < kLengthBytes; ++i) {
      size |= size_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    }
    is_ok_ = is_ok_ && rest_.size() - kLengthBytes >= size;
    if (!is_ok_) return {};
    const absl::string_view text = rest_.substr(kLengthBytes, size);
    rest_.remove_prefix(kLengthBytes + size);
    return text;
  }

 private:
  absl::string_view rest_;
  bool is_ok_ = true;
};

absl::Status Malformed() {
  return absl::InvalidArgumentError("what is attached to a message is malformed");
}

}  // namespace

std::string EncodeAttachments(const Attachments& attachments) {
  std::string bytes;
  for (const MessageAttribute& attribute : attachments.attributes) {
    bytes.push_back(static_cast<char>(Kind::kAttribute));
    PutText(attribute.name, bytes);
    PutText(attribute.type, bytes);
    PutText(attribute.value, bytes);
  }
  PutOptional(Kind::kTraceHeader, attachments.trace_header, bytes);
  PutOptional(Kind::kDedupId, attachments.dedup_id, bytes);
  PutOptional(Kind::kGroup, attachments.group, bytes);
  return bytes;
}

absl::StatusOr<Attachments> DecodeAttachments(absl::string_view bytes) {
  Attachments attachments;
  Reader reader(bytes);
  while (!reader.at_end()) {
    switch (reader.TakeKind()) {
      case Kind::kAttribute: {
        const absl::string_view name = reader.TakeText();
        const absl::string_view type = reader.TakeText();
        attachments.attributes.push_back({name, type, reader.TakeText()});
        break;
      }
      case Kind::kTraceHeader:
        attachments.trace_header = reader.TakeText();
        break;
      case Kind::kDedupId:
        attachments.dedup_id = reader.TakeText();
        break;
      case Kind::kGroup:
        attachments.group = reader.TakeText();
        break;
      default:
        return Malformed();
    }
    if (!reader.ok()) return Malformed();
  }
  return attachments;
}

}  // namespace twinq
