#include "tests/crash/clients/event_file.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "core/base/check.h"

namespace twinq::crash {

absl::StatusOr<EventFile> EventFile::Create(const std::string& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor < 0) return absl::ErrnoToStatus(errno, path);
  return EventFile(descriptor);
}

EventFile::EventFile(EventFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

EventFile::~EventFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

void EventFile::Append(absl::string_view line) const {
  const std::string whole = absl::StrCat(line, "\n");
  const ssize_t written = write(descriptor_, whole.data(), whole.size());
  TWINQ_CHECK(written == static_cast<ssize_t>(whole.size()));
}

}  // namespace twinq::crash
