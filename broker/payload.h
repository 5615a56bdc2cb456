#ifndef TWINQ_BROKER_PAYLOAD_H_
#define TWINQ_BROKER_PAYLOAD_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"

namespace twinq {

class PayloadPtr;

// What a message carries and the engine never looks at: its body, and what is attached to it
// (attachments.h). Immutable, shared by reference count, one block of memory with the bytes behind
// the header. Those bytes are the body alone, or a zero, the length of the attachments as four
// little-endian bytes, the attachments, and the body: no body begins with U+0000 (SQS semantics
// 3.6).
class Payload {
 public:
  Payload(const Payload&) = delete;
  Payload& operator=(const Payload&) = delete;

  // Copies the body, and the attachments before it unless they are empty. REQUIRES: the body begins
  // with no zero; all is shorter than 4 GiB.
  static PayloadPtr Create(absl::string_view body, absl::string_view attachments = {});
  // Of what bytes() gave.
  static PayloadPtr FromBytes(absl::string_view bytes);
  // Of a payload of these.
  static size_t BytesOf(size_t body_bytes, size_t attachments_bytes);

  absl::string_view bytes() const { return {reinterpret_cast<const char*>(this + 1), bytes_}; }
  absl::string_view body() const { return bytes().substr(BodyOffset()); }
  absl::string_view attachments() const;

 private:
  friend class PayloadPtr;

  explicit Payload(uint32_t bytes) : bytes_(bytes) {}
  ~Payload() = default;
  static Payload* NewBlock(size_t bytes);
  static size_t BlockBytes(size_t bytes) { return sizeof(Payload) + bytes; }
  size_t BodyOffset() const;
  void Unref();

  std::atomic<uint32_t> references_{1};
  const uint32_t bytes_;
};

// Owns one reference to a Payload, or none.
//
// Thread-safety: as a std::shared_ptr's: distinct pointers to one payload may be used on any
// threads.
class PayloadPtr {
 public:
  PayloadPtr() = default;
  PayloadPtr(const PayloadPtr& other) : payload_(other.payload_) {
    if (payload_ != nullptr) payload_->references_.fetch_add(1, std::memory_order_relaxed);
  }
  PayloadPtr(PayloadPtr&& other) noexcept : payload_(std::exchange(other.payload_, nullptr)) {}
  PayloadPtr& operator=(PayloadPtr other) noexcept {
    std::swap(payload_, other.payload_);
    return *this;
  }
  ~PayloadPtr() {
    if (payload_ != nullptr) payload_->Unref();
  }

  // Takes over a reference that Detach() gave away.
  static PayloadPtr Adopt(Payload* payload) { return PayloadPtr(payload); }
  Payload* Detach() { return std::exchange(payload_, nullptr); }

  const Payload* operator->() const { return payload_; }
  const Payload& operator*() const { return *payload_; }
  explicit operator bool() const { return payload_ != nullptr; }

 private:
  explicit PayloadPtr(Payload* payload) : payload_(payload) {}

  Payload* payload_ = nullptr;
};

}  // namespace twinq

#endif  // TWINQ_BROKER_PAYLOAD_H_
