// Runs a fuzz test where there is no libFuzzer: on the inputs of its corpus, which is the folder of
// the program's name, and on random bytes, of which most are rare.

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "platform/read_file.h"
#include "tests/support/seed.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace twinq {
namespace {

constexpr int kRounds = 20'000;
constexpr uint64_t kSizeMax = 4'096;
constexpr size_t kCorpusFileBytesMax = 1 << 20;

std::vector<std::string> FilesOfCorpus() {
  std::vector<std::string> paths;
  const auto corpus = std::filesystem::path(TWINQ_CORPORA) / program_invocation_short_name;
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(FuzzTest, TakesTheInputsOfItsCorpus) {
  const std::vector<std::string> paths = FilesOfCorpus();
  EXPECT_FALSE(paths.empty());
  for (const std::string& path : paths) {
    SCOPED_TRACE(path);
    const absl::StatusOr<std::string> bytes = platform::ReadFile(path, kCorpusFileBytesMax);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    const std::vector<uint8_t> input(bytes->begin(), bytes->end());
    EXPECT_EQ(LLVMFuzzerTestOneInput(input.data(), input.size()), 0);
  }
}

TEST(FuzzTest, TakesRandomBytes) {
  for (const uint64_t seed : SeedsOfRounds(kRounds)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    std::vector<uint8_t> bytes(random.Below(random.Chance(0.5) ? 64 : kSizeMax));
    const uint64_t values = random.Chance(0.5) ? 256 : 12;
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random.Below(values));
    EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
  }
}

}  // namespace
}  // namespace twinq
