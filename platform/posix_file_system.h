#ifndef TWINQ_PLATFORM_POSIX_FILE_SYSTEM_H_
#define TWINQ_PLATFORM_POSIX_FILE_SYSTEM_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "core/base/file_system.h"

namespace twinq::platform {

// The operating system's files. A directory is held by an flock() on its file `lock`, which carries
// the id of the process that holds it; the kernel lets go of it when that process ends.
//
// Errors: those of the system calls, as absl::ErrnoToStatus() has them.
class PosixFileSystem : public FileSystem {
 public:
  absl::Status MakeDirectory(const std::string& path) override;
  absl::StatusOr<std::unique_ptr<FileDirectory>> OpenDirectory(const std::string& path) override;
  absl::StatusOr<uint64_t> FreeBytes(const std::string& path) override;
};

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_POSIX_FILE_SYSTEM_H_
