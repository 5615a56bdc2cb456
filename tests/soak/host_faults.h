#ifndef TWINQ_TESTS_SOAK_HOST_FAULTS_H_
#define TWINQ_TESTS_SOAK_HOST_FAULTS_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

#include "platform/monotonic_clock.h"
#include "platform/mutex.h"

namespace twinq::soak {

// What a server suffers from its machine: a disk that takes its time, a clock that is set. Both are
// libraries that are loaded into the server.
//
// Thread-safety: any thread, once Prepare() has returned.
class HostFaults {
 public:
  // Files are made in `dir`; the libraries are in `library_dir`.
  HostFaults(const std::string& dir, const std::string& library_dir);
  ~HostFaults();
  HostFaults(const HostFaults&) = delete;
  HostFaults& operator=(const HostFaults&) = delete;

  // REQUIRES: comes first, and once.
  absl::Status Prepare();
  // The server's, beside ours.
  std::vector<std::string> environment() const;

  // From now on each sync takes so much longer.
  void SlowDisk(absl::Duration by);
  void RelieveDisk();
  // Whether the disk may have been slow at any time since then, by platform::MonotonicClock.
  bool WasDiskSlowSince(absl::Time time) const;

  // Sets the server's clock forward, or back if negative.
  void MoveClock(absl::Duration by);

 private:
  void WriteFault(const std::string& text) const;

  const platform::MonotonicClock clock_;
  const std::string fault_path_;
  const std::string clock_path_;
  const std::string libraries_;
  std::atomic<int64_t>* offset_nanos_ = nullptr;  // In the mapped file.
  mutable platform::Mutex mutex_;
  absl::Time slow_until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_HOST_FAULTS_H_
