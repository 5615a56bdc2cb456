#ifndef TWINQ_BROKER_PAYLOAD_H_
#define TWINQ_BROKER_PAYLOAD_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"

namespace twinq {

class PayloadPtr;

// What a message carries and the engine never looks at: its body. Immutable, shared by reference
// count, one block of memory with the bytes behind the header.
class Payload {
 public:
  Payload(const Payload&) = delete;
  Payload& operator=(const Payload&) = delete;

  // Copies the body. REQUIRES: it is shorter than 4 GiB.
  static PayloadPtr Create(absl::string_view body);

  absl::string_view body() const { return {reinterpret_cast<const char*>(this + 1), body_bytes_}; }

 private:
  friend class PayloadPtr;

  explicit Payload(uint32_t body_bytes) : body_bytes_(body_bytes) {}
  ~Payload() = default;
  static size_t BlockBytes(uint32_t body_bytes) { return sizeof(Payload) + body_bytes; }
  void Unref();

  std::atomic<uint32_t> references_{1};
  const uint32_t body_bytes_;
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
