#ifndef TWINQ_SERVER_API_RECEIPT_HANDLES_H_
#define TWINQ_SERVER_API_RECEIPT_HANDLES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

#include "core/model/receipt.h"
#include "core/model/receipt_key.h"

namespace twinq::api {

// Seals receipts into receipt handles and opens handles again, so that nothing but what this shard
// has issued ever reaches it.
//
// A handle is 66 characters of URL-safe base64 without padding: a version byte, queue id, slot,
// sequence number, delivery, instant of the receive, and 16 bytes of SipHash-2-4 over all of it
// under the shard's key.
// Thread-safety: all methods, any thread. Cost: about half a microsecond.
class ReceiptHandles {
 public:
  explicit ReceiptHandles(const ReceiptKey& key) : key_(key) {}

  std::string Seal(const Receipt& receipt) const;
  // Nothing if `handle` is none that Seal() made under this key.
  std::optional<Receipt> Open(absl::string_view handle) const;

 private:
  const ReceiptKey key_;
};

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_RECEIPT_HANDLES_H_
