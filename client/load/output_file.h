#ifndef TWINQ_CLIENT_LOAD_OUTPUT_FILE_H_
#define TWINQ_CLIENT_LOAD_OUTPUT_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace twinq::load {

// Makes the file hold this text and nothing else. Errors: Internal, naming the file.
absl::Status WriteFile(const std::string& path, absl::string_view text);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_OUTPUT_FILE_H_
