#ifndef TWINQ_PLATFORM_PROCESS_USAGE_H_
#define TWINQ_PLATFORM_PROCESS_USAGE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace twinq::platform {

// What a process of this machine has taken so far.
struct ProcessUsage {
  std::string name;    // Of its program, at most 15 characters.
  absl::Duration cpu;  // User and system, all threads, to a tick of usually 10 ms.
  int64_t resident_bytes = 0;
};

// Errors: NotFound if there is no such process, or none that we may see.
absl::StatusOr<ProcessUsage> UsageOf(int64_t process_id);

int64_t OwnProcessId();

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_PROCESS_USAGE_H_
