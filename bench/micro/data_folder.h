#ifndef TWINQ_BENCH_MICRO_DATA_FOLDER_H_
#define TWINQ_BENCH_MICRO_DATA_FOLDER_H_

#include <cstdint>
#include <string>

namespace twinq::bench {

// An empty folder in the current one, removed at the end with all that is in it.
class DataFolder {
 public:
  DataFolder();
  ~DataFolder();
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  const std::string& path() const { return path_; }
  // Of all files in it, as long as they are, whether the disk holds all of them or not.
  uint64_t bytes() const;

 private:
  const std::string path_;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_DATA_FOLDER_H_
