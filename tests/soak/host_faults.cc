#include "tests/soak/host_faults.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>

#include "absl/strings/str_cat.h"

namespace twinq::soak {
namespace {

using Offset = std::atomic<int64_t>;

}  // namespace

HostFaults::HostFaults(const std::string& dir, const std::string& library_dir)
    : fault_path_(absl::StrCat(dir, "/disk-fault")),
      clock_path_(absl::StrCat(dir, "/clock-offset")),
      libraries_(
          absl::StrCat(library_dir, "/libfaulty_disk.so:", library_dir, "/libmoved_clock.so")) {}

HostFaults::~HostFaults() {
  if (offset_nanos_ != nullptr) munmap(offset_nanos_, sizeof(Offset));
}

absl::Status HostFaults::Prepare() {
  WriteFault("");
  const int file = open(clock_path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return absl::ErrnoToStatus(errno, clock_path_);
  const int sized = ftruncate(file, sizeof(Offset));
  void* mapped = sized != 0
                     ? MAP_FAILED
                     : mmap(nullptr, sizeof(Offset), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  const int error = errno;
  close(file);
  if (mapped == MAP_FAILED) return absl::ErrnoToStatus(error, clock_path_);
  offset_nanos_ = static_cast<Offset*>(mapped);
  return absl::OkStatus();
}

std::vector<std::string> HostFaults::environment() const {
  return {absl::StrCat("LD_PRELOAD=", libraries_), absl::StrCat("TWINQ_FAULT=", fault_path_),
          absl::StrCat("TWINQ_MOVED_CLOCK=", clock_path_)};
}

void HostFaults::SlowDisk(absl::Duration by) {
  {
    const platform::MutexLock lock(mutex_);
    slow_until_ = absl::InfiniteFuture();
  }
  WriteFault(absl::StrCat("sync takes ", absl::ToInt64Milliseconds(by)));
}

void HostFaults::RelieveDisk() {
  WriteFault("");
  const platform::MutexLock lock(mutex_);
  slow_until_ = clock_.Now();
}

bool HostFaults::WasDiskSlowSince(absl::Time time) const {
  const platform::MutexLock lock(mutex_);
  return slow_until_ >= time;
}

void HostFaults::MoveClock(absl::Duration by) { *offset_nanos_ += absl::ToInt64Nanoseconds(by); }

// In one step: a server that reads meanwhile finds the old text or the new one.
void HostFaults::WriteFault(const std::string& text) const {
  const std::string fresh = fault_path_ + ".new";
  std::ofstream(fresh) << text << '\n';
  std::error_code ignored;
  std::filesystem::rename(fresh, fault_path_, ignored);
}

}  // namespace twinq::soak
