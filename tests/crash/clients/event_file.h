#ifndef TWINQ_TESTS_CRASH_CLIENTS_EVENT_FILE_H_
#define TWINQ_TESTS_CRASH_CLIENTS_EVENT_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace twinq::crash {

// A file that lines are appended to, each by one write(2): what was appended is there for others
// even if the process is killed the next moment.
//
// Thread-safety: any thread.
class EventFile {
 public:
  static absl::StatusOr<EventFile> Create(const std::string& path);
  EventFile(EventFile&& other) noexcept;
  EventFile& operator=(EventFile&& other) = delete;
  ~EventFile();

  // `line` without its end. A line that cannot be written ends the process: what it did next would
  // be told by nobody.
  void Append(absl::string_view line) const;

 private:
  explicit EventFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_EVENT_FILE_H_
