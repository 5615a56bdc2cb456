#include "broker/payload.h"

#include <cstring>
#include <memory>

namespace twinq {

// Blocks come from the allocator in units of the header, so that the header is aligned.
PayloadPtr Payload::Create(absl::string_view body) {
  const auto body_bytes = static_cast<uint32_t>(body.size());
  std::allocator<std::byte> allocator;
  std::byte* block = allocator.allocate(BlockBytes(body_bytes));
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): PayloadPtr owns it.
  Payload* payload = ::new (static_cast<void*>(block)) Payload(body_bytes);
  if (!body.empty()) std::memcpy(static_cast<void*>(payload + 1), body.data(), body.size());
  return PayloadPtr::Adopt(payload);
}

void Payload::Unref() {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  const size_t block_bytes = BlockBytes(body_bytes_);
  this->~Payload();
  std::allocator<std::byte>().deallocate(reinterpret_cast<std::byte*>(this), block_bytes);
}

}  // namespace twinq
