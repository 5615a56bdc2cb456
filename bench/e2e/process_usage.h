#ifndef TWINQ_BENCH_E2E_PROCESS_USAGE_H_
#define TWINQ_BENCH_E2E_PROCESS_USAGE_H_

namespace twinq::bench {

// CPU time that a process has used so far, user and system, all threads; 0 names ourselves.
// 0 when there is no such process. Resolution: one tick, usually 10 ms.
double CpuSeconds(int pid);

// Resident memory of a process in KiB (VmRSS); 0 when there is no such process.
double ResidentKibibytes(int pid);

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_E2E_PROCESS_USAGE_H_
