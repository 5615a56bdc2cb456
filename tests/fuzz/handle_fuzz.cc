// Any text is refused as a receipt handle, or is exactly what sealing the receipt makes. A handle
// of which anything was changed is refused.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

#include "core/base/check.h"
#include "server/api/receipt_handles.h"
#include "tests/fuzz/fuzz_input.h"

namespace twinq::api {
namespace {

void Fuzz(FuzzInput& input) {
  const ReceiptHandles handles(ReceiptKey{1, 2, 3});
  const Receipt receipt{
      .queue = QueueId(input.UpTo(~uint64_t{0})),
      .slot = static_cast<uint32_t>(input.UpTo(0xFFFF'FFFF)),
      .sequence = SequenceNumber(input.UpTo(~uint64_t{0})),
      .delivery = static_cast<uint32_t>(input.UpTo(0xFFFF'FFFF)),
      .received_at = Timestamp::FromNanos(static_cast<int64_t>(input.UpTo(~uint64_t{0})))};
  const std::string sealed = handles.Seal(receipt);
  TWINQ_CHECK(handles.Open(sealed) == receipt);

  std::string changed = sealed;
  for (uint64_t changes = 1 + input.UpTo(3); changes > 0; --changes) {
    changed[input.UpTo(changed.size() - 1)] = static_cast<char>(input.UpTo(255));
  }
  TWINQ_CHECK(changed == sealed || !handles.Open(changed).has_value());
}

void FuzzText(absl::string_view text) {
  const ReceiptHandles handles(ReceiptKey{1, 2, 3});
  const std::optional<Receipt> receipt = handles.Open(text);
  if (receipt.has_value()) TWINQ_CHECK(handles.Seal(*receipt) == text);
}

}  // namespace
}  // namespace twinq::api

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  twinq::FuzzInput input(data, size);
  twinq::api::Fuzz(input);
  // NOLINTNEXTLINE(*-reinterpret-cast): bytes are bytes.
  twinq::api::FuzzText({reinterpret_cast<const char*>(data), size});
  return 0;
}
