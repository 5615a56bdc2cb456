#ifndef TWINQ_BENCH_MICRO_RESIDENT_MEMORY_H_
#define TWINQ_BENCH_MICRO_RESIDENT_MEMORY_H_

#include <cstdint>

namespace twinq::bench {

// What this process holds in memory now, in bytes; 0 when the system does not say.
int64_t ResidentMemoryBytes();

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_RESIDENT_MEMORY_H_
