#ifndef TWINQ_PLATFORM_RESIDENT_MEMORY_H_
#define TWINQ_PLATFORM_RESIDENT_MEMORY_H_

#include <cstdint>

namespace twinq::platform {

// What this process holds in memory now, in bytes; 0 when the system does not say.
int64_t ResidentMemoryBytes();

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_RESIDENT_MEMORY_H_
