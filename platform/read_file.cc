#include "platform/read_file.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace twinq::platform {
namespace {

absl::StatusOr<std::string> ReadAll(int file, const std::string& path, size_t bytes_max) {
  std::string contents;
  std::array<char, 4'096> bytes = {};
  for (;;) {
    const ssize_t count = read(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return absl::ErrnoToStatus(errno, absl::StrCat("read ", path));
    if (count == 0) return contents;
    contents.append(bytes.data(), static_cast<size_t>(count));
    if (contents.size() > bytes_max) {
      return absl::OutOfRangeError(absl::StrCat(path, " has more than ", bytes_max, " bytes"));
    }
  }
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t bytes_max) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("open ", path));
  absl::StatusOr<std::string> contents = ReadAll(file, path, bytes_max);
  close(file);
  return contents;
}

}  // namespace twinq::platform
