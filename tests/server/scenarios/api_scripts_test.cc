// The scripts of tests/scenarios/api, over every transport.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/server/scenarios/api_script.h"
#include "tests/server/scenarios/api_script_run.h"
#include "tests/server/scenarios/api_transport.h"
#include "tests/server/scenarios/shown_errors.h"

namespace twinq::api {
namespace {

using ::testing::ElementsAre;

std::vector<absl::StatusOr<std::vector<ApiScript>>> ReadFolder(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".script") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<absl::StatusOr<std::vector<ApiScript>>> files;
  for (const std::filesystem::path& path : paths) {
    std::ifstream in(path);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    files.push_back(ParseApiScripts(text, path.string()));
  }
  return files;
}

const std::vector<absl::StatusOr<std::vector<ApiScript>>>& Files() {
  static const auto files = ReadFolder(absl::StrCat(TWINQ_SCENARIOS, "/api"));
  return files;
}

std::vector<ApiScript> AllScripts() {
  std::vector<ApiScript> scripts;
  for (const auto& file : Files()) {
    if (file.ok()) scripts.insert(scripts.end(), file->begin(), file->end());
  }
  return scripts;
}

struct Transport {
  const char* name;
  std::unique_ptr<ApiTransport> (*make)();
};

std::ostream& operator<<(std::ostream& out, const Transport& transport) {
  return out << transport.name;
}

class ApiScriptTest : public ::testing::TestWithParam<std::tuple<Transport, ApiScript>> {};

TEST_P(ApiScriptTest, ComesOutAsItSays) {
  const auto& [transport, script] = GetParam();

  EXPECT_EQ(RunApiScript(script, *transport.make()), "") << "in: " << script.title;
}

// "delete_message.script", "handles of others" -> "Grpc_delete_message_handles_of_others".
std::string ScriptName(const ::testing::TestParamInfo<std::tuple<Transport, ApiScript>>& test) {
  const auto& [transport, script] = test.param;
  const std::string stem = std::filesystem::path(script.file).stem();
  std::string name = transport.name;
  for (const char c : absl::StrCat("_", stem, "_", script.title)) {
    const bool is_kept = absl::ascii_isalnum(static_cast<unsigned char>(c));
    if (is_kept || name.back() != '_') name += is_kept ? c : '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scripts, ApiScriptTest,
                         ::testing::Combine(::testing::Values(Transport{"Direct",
                                                                        NewDirectTransport},
                                                              Transport{"Grpc", NewGrpcTransport}),
                                            ::testing::ValuesIn(AllScripts())),
                         ScriptName);

TEST(ApiScriptFilesTest, CanAllBeRead) {
  EXPECT_FALSE(Files().empty());
  for (const auto& file : Files()) EXPECT_TRUE(file.ok()) << file.status();
}

TEST(ApiScriptFilesTest, ShowEveryErrorThatARequestCanMeet) {
  const std::set<std::string> missing = ErrorsWithoutScript(AllScripts());

  EXPECT_THAT(missing,
              ElementsAre("DiskReserve",       // The disk is nearly full: disk_reserve_test.
                          "InternalFailure",   // The disk has failed: shard_runner_test.
                          "MalformedRequest",  // Bytes that are no protobuf: queue_service_test.
                          "MemoryFull",        // memory_limit_test.
                          "Overloaded",        // The inbox is full: api_call_test.
                          "ShuttingDown",      // api_call_test.
                          "Starting",          // api_call_test.
                          "TooManyInFlight"))  // After 120,000 receives: in_flight_limit.script.
      << "a row of the error table that no script shows, or an exception that has become needless";
}

}  // namespace
}  // namespace twinq::api
