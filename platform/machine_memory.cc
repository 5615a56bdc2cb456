#include "platform/machine_memory.h"

#include <algorithm>
#include <string>
#include <unistd.h>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"

#include "platform/read_file.h"

namespace twinq::platform {
namespace {

// The limits of the group that a container's processes see as the root, of cgroups 2 and 1.
constexpr const char* kLimitFiles[] = {"/sys/fs/cgroup/memory.max",
                                       "/sys/fs/cgroup/memory/memory.limit_in_bytes"};
constexpr size_t kLimitTextBytesMax = 64;

}  // namespace

std::optional<uint64_t> ParseMemoryLimit(absl::string_view text) {
  uint64_t bytes = 0;
  if (!absl::SimpleAtoi(absl::StripAsciiWhitespace(text), &bytes) || bytes == 0) {
    return std::nullopt;
  }
  return bytes;
}

uint64_t MachineMemoryBytes() {
  uint64_t bytes =
      static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  for (const char* path : kLimitFiles) {
    const absl::StatusOr<std::string> text = ReadFile(path, kLimitTextBytesMax);
    if (!text.ok()) continue;  // No such group: then it limits nothing.
    if (const auto limit = ParseMemoryLimit(*text)) bytes = std::min(bytes, *limit);
  }
  return bytes;
}

}  // namespace twinq::platform
