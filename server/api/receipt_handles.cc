#include "server/api/receipt_handles.h"

#include <array>
#include <cstdint>
#include <memory>

#include "absl/strings/escaping.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "core/base/check.h"

namespace twinq::api {
namespace {

// The first byte. Another layout or another way to seal takes another number.
constexpr uint8_t kVersion = 1;
constexpr size_t kContentBytes = 1 + 8 + 4 + 8 + 4 + 8;
constexpr size_t kSealBytes = 16;
constexpr size_t kHandleCharacters = ((kContentBytes + kSealBytes) * 8 + 5) / 6;

using Content = std::array<uint8_t, kContentBytes>;
using SealBytes = std::array<uint8_t, kSealBytes>;

struct FreeContext {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

std::unique_ptr<EVP_MAC_CTX, FreeContext> NewContext() {
  EVP_MAC* siphash = EVP_MAC_fetch(nullptr, "SIPHASH", nullptr);
  TWINQ_CHECK(siphash != nullptr);
  std::unique_ptr<EVP_MAC_CTX, FreeContext> context(EVP_MAC_CTX_new(siphash));
  EVP_MAC_free(siphash);
  TWINQ_CHECK(context != nullptr);
  return context;
}

SealBytes SealOf(const ReceiptKey& key, const Content& content) {
  // Fetching and allocating cost more than hashing, so each thread keeps a context.
  thread_local const std::unique_ptr<EVP_MAC_CTX, FreeContext> context = NewContext();
  SealBytes seal{};
  size_t seal_bytes = 0;
  const bool done = EVP_MAC_init(context.get(), key.data(), key.size(), nullptr) == 1 &&
                    EVP_MAC_update(context.get(), content.data(), content.size()) == 1 &&
                    EVP_MAC_final(context.get(), seal.data(), &seal_bytes, seal.size()) == 1;
  TWINQ_CHECK(done && seal_bytes == seal.size());
  return seal;
}

// Writes and reads the integers of a handle, little-endian, one behind the other.
class Cursor {
 public:
  explicit Cursor(uint8_t* bytes) : bytes_(bytes) {}
  void Put(uint64_t value, int size) {
    for (int i = 0; i < size; ++i) *bytes_++ = static_cast<uint8_t>(value >> (8 * i));
  }
  uint64_t Get(int size) {
    uint64_t value = 0;
    for (int i = 0; i < size; ++i) value |= uint64_t{*bytes_++} << (8 * i);
    return value;
  }

 private:
  uint8_t* bytes_;
};

}  // namespace

std::string ReceiptHandles::Seal(const Receipt& receipt) const {
  Content content;
  Cursor cursor(content.data());
  cursor.Put(kVersion, 1);
  cursor.Put(receipt.queue.value(), 8);
  cursor.Put(receipt.slot, 4);
  cursor.Put(receipt.sequence.value(), 8);
  cursor.Put(receipt.delivery, 4);
  cursor.Put(static_cast<uint64_t>(receipt.received_at.nanos()), 8);
  const SealBytes seal = SealOf(key_, content);

  std::string bytes(content.begin(), content.end());
  bytes.append(seal.begin(), seal.end());
  return absl::WebSafeBase64Escape(bytes);
}

std::optional<Receipt> ReceiptHandles::Open(absl::string_view handle) const {
  std::string bytes;
  // Unescaping overlooks white space, padding and unused bits: other texts give the same bytes.
  if (handle.size() != kHandleCharacters || !absl::WebSafeBase64Unescape(handle, &bytes) ||
      bytes.size() != kContentBytes + kSealBytes || absl::WebSafeBase64Escape(bytes) != handle) {
    return std::nullopt;
  }
  Content content;
  std::copy_n(bytes.begin(), kContentBytes, content.begin());
  const SealBytes seal = SealOf(key_, content);
  if (CRYPTO_memcmp(seal.data(), bytes.data() + kContentBytes, kSealBytes) != 0) {
    return std::nullopt;
  }
  Cursor cursor(content.data());
  if (cursor.Get(1) != kVersion) return std::nullopt;
  Receipt receipt;
  receipt.queue = QueueId(cursor.Get(8));
  receipt.slot = static_cast<uint32_t>(cursor.Get(4));
  receipt.sequence = SequenceNumber(cursor.Get(8));
  receipt.delivery = static_cast<uint32_t>(cursor.Get(4));
  receipt.received_at = Timestamp::FromNanos(static_cast<int64_t>(cursor.Get(8)));
  return receipt;
}

}  // namespace twinq::api
