#ifndef TWINQ_TESTS_SUPPORT_TEMPORARY_DIRECTORY_H_
#define TWINQ_TESTS_SUPPORT_TEMPORARY_DIRECTORY_H_

#include <string>

namespace twinq {

// An empty directory of its own for a test, removed with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_TEMPORARY_DIRECTORY_H_
