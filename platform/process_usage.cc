#include "platform/process_usage.h"

#include <cstddef>
#include <unistd.h>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

#include "platform/read_file.h"

namespace twinq::platform {
namespace {

constexpr size_t kLineBytesMax = 4096;
// Places in the line behind the name, from proc(5): the third of all is the first here.
constexpr size_t kUserTicks = 14 - 3;
constexpr size_t kSystemTicks = 15 - 3;
constexpr size_t kResidentPages = 24 - 3;

}  // namespace

absl::StatusOr<ProcessUsage> UsageOf(int64_t process_id) {
  const absl::Status unknown = absl::NotFoundError(absl::StrCat("no process ", process_id));
  const absl::StatusOr<std::string> line =
      ReadFile(absl::StrCat("/proc/", process_id, "/stat"), kLineBytesMax);
  if (!line.ok()) return unknown;
  const absl::string_view text = *line;
  const size_t name_begin = text.find('(');
  const size_t name_end = text.rfind(')');  // The name may hold anything.
  if (name_begin == absl::string_view::npos || name_end == absl::string_view::npos) return unknown;
  const std::vector<absl::string_view> fields =
      absl::StrSplit(text.substr(name_end + 1), ' ', absl::SkipEmpty());
  int64_t user_ticks = 0;
  int64_t system_ticks = 0;
  int64_t pages = 0;
  if (fields.size() <= kResidentPages || !absl::SimpleAtoi(fields[kUserTicks], &user_ticks) ||
      !absl::SimpleAtoi(fields[kSystemTicks], &system_ticks) ||
      !absl::SimpleAtoi(fields[kResidentPages], &pages)) {
    return unknown;
  }
  return ProcessUsage{.name = std::string(text.substr(name_begin + 1, name_end - name_begin - 1)),
                      .cpu = absl::Seconds(user_ticks + system_ticks) / sysconf(_SC_CLK_TCK),
                      .resident_bytes = pages * sysconf(_SC_PAGESIZE)};
}

int64_t OwnProcessId() { return getpid(); }

}  // namespace twinq::platform
