#include "core/base/file_system.h"

#include "core/base/status_macros.h"

namespace twinq {

absl::StatusOr<size_t> File::Read(uint64_t offset, absl::Span<char> buffer) {
  size_t filled = 0;
  while (filled < buffer.size()) {
    TWINQ_ASSIGN_OR_RETURN(const size_t read, ReadSome(offset + filled, buffer.subspan(filled)));
    if (read == 0) break;
    filled += read;
  }
  return filled;
}

absl::Status File::Write(uint64_t offset, absl::string_view bytes) {
  while (!bytes.empty()) {
    TWINQ_ASSIGN_OR_RETURN(const size_t written, WriteSome(offset, bytes));
    offset += written;
    bytes.remove_prefix(written);
  }
  return absl::OkStatus();
}

}  // namespace twinq
