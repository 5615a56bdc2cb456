#include "broker/payload.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace twinq {
namespace {

// The zero and the length before attachments.
constexpr size_t kPrefixBytes = 5;

size_t AttachmentsBytes(absl::string_view bytes) {
  uint32_t length = 0;
  for (size_t i = 0; i < 4; ++i) {
    length |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[1 + i])) << (8 * i);
  }
  return length;
}

bool HasAttachments(absl::string_view bytes) {
  return bytes.size() >= kPrefixBytes && bytes.front() == '\0';
}

char* Append(absl::string_view bytes, char* place) {
  return std::copy(bytes.begin(), bytes.end(), place);
}

}  // namespace

// Blocks come from the allocator in units of the header, so that the header is aligned.
Payload* Payload::NewBlock(size_t bytes) {
  std::allocator<std::byte> allocator;
  std::byte* block = allocator.allocate(BlockBytes(bytes));
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): PayloadPtr owns it.
  return ::new (static_cast<void*>(block)) Payload(static_cast<uint32_t>(bytes));
}

PayloadPtr Payload::Create(absl::string_view body, absl::string_view attachments) {
  Payload* payload = NewBlock(BytesOf(body.size(), attachments.size()));
  char* place = reinterpret_cast<char*>(payload + 1);
  if (!attachments.empty()) {
    *place++ = '\0';
    for (int i = 0; i < 4; ++i) *place++ = static_cast<char>(attachments.size() >> (8 * i));
    place = Append(attachments, place);
  }
  Append(body, place);
  return PayloadPtr::Adopt(payload);
}

PayloadPtr Payload::FromBytes(absl::string_view bytes) {
  Payload* payload = NewBlock(bytes.size());
  Append(bytes, reinterpret_cast<char*>(payload + 1));
  return PayloadPtr::Adopt(payload);
}

size_t Payload::BytesOf(size_t body_bytes, size_t attachments_bytes) {
  return body_bytes + (attachments_bytes == 0 ? 0 : kPrefixBytes + attachments_bytes);
}

absl::string_view Payload::attachments() const {
  if (!HasAttachments(bytes())) return {};
  return bytes().substr(kPrefixBytes, AttachmentsBytes(bytes()));
}

size_t Payload::BodyOffset() const {
  if (!HasAttachments(bytes())) return 0;
  return std::min<size_t>(kPrefixBytes + AttachmentsBytes(bytes()), bytes_);
}

void Payload::Unref() {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  const size_t block_bytes = BlockBytes(bytes_);
  this->~Payload();
  std::allocator<std::byte>().deallocate(reinterpret_cast<std::byte*>(this), block_bytes);
}

}  // namespace twinq
