#ifndef TWINQ_CLIENT_LOAD_ENGINE_HISTORY_FILE_H_
#define TWINQ_CLIENT_LOAD_ENGINE_HISTORY_FILE_H_

#include <string>

#include "absl/status/status.h"

#include "sim/history/history.h"

namespace twinq::load {

// Writes the history as text (sim/history/history_writer.h) into a file, which is replaced if it
// exists. Errors: Internal, naming the file.
absl::Status WriteHistoryFile(const history::History& history, const std::string& path);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_HISTORY_FILE_H_
