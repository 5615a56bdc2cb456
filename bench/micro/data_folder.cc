#include "bench/micro/data_folder.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "core/base/check.h"

namespace twinq::bench {
namespace {

std::string MakeFolder() {
  std::string path = "journal-XXXXXX";
  TWINQ_CHECK(mkdtemp(path.data()) != nullptr);
  return path;
}

}  // namespace

DataFolder::DataFolder() : path_(MakeFolder()) {}

DataFolder::~DataFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

uint64_t DataFolder::bytes() const {
  uint64_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(path_)) bytes += file.file_size();
  return bytes;
}

}  // namespace twinq::bench
