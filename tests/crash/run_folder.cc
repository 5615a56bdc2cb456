#include "tests/crash/run_folder.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace twinq::crash {

std::string MakeRunFolder(const std::string& keep_dir, const std::string& name) {
  std::error_code error;
  if (!keep_dir.empty()) {
    std::filesystem::create_directories(keep_dir, error);
    return error ? "" : keep_dir;
  }
  std::string path = (std::filesystem::temp_directory_path(error) / (name + "-XXXXXX")).string();
  return mkdtemp(path.data()) == nullptr ? "" : path;
}

std::string PathBeside(const std::string& own_name, const std::string& file) {
  return std::filesystem::path(own_name).parent_path() / file;
}

}  // namespace twinq::crash
