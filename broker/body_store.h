#ifndef TWINQ_BROKER_BODY_STORE_H_
#define TWINQ_BROKER_BODY_STORE_H_

#include <bit>
#include <cstdint>

#include "absl/types/span.h"

#include "broker/payload.h"
#include "core/base/check.h"
#include "core/base/prefetch.h"
#include "core/queue/body_ref.h"

namespace twinq {

// Where a shard's bodies are: in memory. A reference is the payload's address, and holds one count
// of it until Release().
class BodyStore {
 public:
  BodyRef Put(PayloadPtr payload) {
    bytes_ += payload->bytes().size();
    return BodyRef(std::bit_cast<uint64_t>(payload.Detach()));
  }
  // The body, kept for as long as the result lives, whatever becomes of the message.
  PayloadPtr Pin(BodyRef body) const {
    PayloadPtr held = PayloadPtr::Adopt(PayloadOf(body));
    PayloadPtr pinned = held;
    held.Detach();
    return pinned;
  }
  const Payload& Look(BodyRef body) const { return *PayloadOf(body); }
  // REQUIRES: not released before; nobody uses the reference any longer.
  void Release(BodyRef body) {
    bytes_ -= Look(body).bytes().size();
    PayloadPtr::Adopt(PayloadOf(body));
  }
  void Release(absl::Span<const BodyRef> bodies) {
    for (const BodyRef body : bodies) Prefetch(Look(body));  // All at once, not one after another.
    for (const BodyRef body : bodies) Release(body);
  }
  // Of all bodies that are not released, pinned ones left out.
  uint64_t bytes() const { return bytes_; }

 private:
  static Payload* PayloadOf(BodyRef body) {
    TWINQ_CHECK(!body.is_null());
    return std::bit_cast<Payload*>(body.value());
  }

  uint64_t bytes_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_BROKER_BODY_STORE_H_
