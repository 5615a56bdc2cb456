#include "client/load/engine/history_file.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "sim/history/history_writer.h"

namespace twinq::load {

absl::Status WriteHistoryFile(const history::History& history, const std::string& path) {
  std::ofstream file(path, std::ios::trunc);
  history::WriteHistory(history, [&file](absl::string_view line) {
    file.write(line.data(), static_cast<std::streamsize>(line.size())).put('\n');
  });
  file.close();
  if (!file) return absl::InternalError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

}  // namespace twinq::load
