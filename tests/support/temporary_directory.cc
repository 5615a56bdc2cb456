#include "tests/support/temporary_directory.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "core/base/check.h"

namespace twinq {

TemporaryDirectory::TemporaryDirectory()
    : path_(absl::StrCat(::testing::TempDir(), "twinq-XXXXXX")) {
  TWINQ_CHECK(mkdtemp(path_.data()) != nullptr);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;  // What is left lies where it disturbs nobody.
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace twinq
