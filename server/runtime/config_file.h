#ifndef TWINQ_SERVER_RUNTIME_CONFIG_FILE_H_
#define TWINQ_SERVER_RUNTIME_CONFIG_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace twinq {

// A line `name = value` of a config file.
struct ConfigLine {
  int number = 0;  // From 1 on.
  std::string name;
  std::string value;  // Not empty, unless it is `""`.
};

// Reads lines of `name = value`. Empty lines count for nothing, nor does what follows a # at the
// beginning of a line or behind a blank. Blanks around name and value do not belong to them; a
// value in double quotes may hold anything, with \" and \\ for quotes and backslashes.
// InvalidArgument: which line, after `path`, and what is wrong with it.
absl::StatusOr<std::vector<ConfigLine>> ParseConfigFile(absl::string_view path,
                                                        absl::string_view contents);

// The value as it stands in such a file, on one line. One with control characters, which no file
// can say, is shown with escapes.
std::string ConfigText(absl::string_view value);

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_CONFIG_FILE_H_
