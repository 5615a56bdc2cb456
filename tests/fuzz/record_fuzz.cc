// Any bytes are refused as a record, or are exactly what encoding the record makes.

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "broker/record_codec.h"
#include "core/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // NOLINTNEXTLINE(*-reinterpret-cast): bytes are bytes.
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<twinq::DecodedRecord> decoded = twinq::DecodeRecord(bytes);
  if (decoded.ok()) TWINQ_CHECK(twinq::EncodeRecord(decoded->record, decoded->body) == bytes);
  return 0;
}
