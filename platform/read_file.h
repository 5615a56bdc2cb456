#ifndef TWINQ_PLATFORM_READ_FILE_H_
#define TWINQ_PLATFORM_READ_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace twinq::platform {

// All that is in the file. Errors: the operating system's; the message names the path.
// OutOfRange: there is more than `bytes_max`.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t bytes_max);

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_READ_FILE_H_
