#ifndef TWINQ_PLATFORM_MACHINE_MEMORY_H_
#define TWINQ_PLATFORM_MACHINE_MEMORY_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace twinq::platform {

// How many bytes of memory this process may use: the machine's, or what its control group allows if
// that is less.
uint64_t MachineMemoryBytes();

// What a control group's limit file says: a number of bytes; nothing for "max" and for what is no
// limit.
std::optional<uint64_t> ParseMemoryLimit(absl::string_view text);

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_MACHINE_MEMORY_H_
