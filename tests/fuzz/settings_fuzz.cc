// Any config file is refused with its path and a line, or its settings can be listed and the
// listing read again, and then say the same. Any command line and environment give settings, or a
// reason to exit.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

#include "core/base/check.h"
#include "server/runtime/options.h"
#include "server/runtime/server_settings.h"
#include "server/runtime/settings.h"

namespace twinq {
namespace {

void FuzzFile(absl::string_view contents) {
  Settings settings(ServerSettingKinds());
  const absl::Status given = settings.GiveFile("twinq.conf", contents, kConfigSetting);
  if (!given.ok()) {
    TWINQ_CHECK(absl::IsInvalidArgument(given));
    TWINQ_CHECK(absl::StrContains(given.message(), "twinq.conf:"));
    return;
  }
  ServerOptionsOf(settings).IgnoreError();
  const std::string listing = settings.Listing(kConfigSetting);
  Settings again(ServerSettingKinds());
  TWINQ_CHECK(again.GiveFile("again.conf", listing, kConfigSetting).ok());
  for (const absl::string_view name : settings.names()) {
    TWINQ_CHECK(again.Get(name).text == settings.Get(name).text);
  }
}

// Lines: those that begin as a variable are the environment's, the others arguments, and all of
// them the config file.
void FuzzOptions(const std::string& text) {
  OptionSources sources;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    (absl::StartsWith(line, "TWINQ_") ? sources.environment : sources.arguments)
        .push_back(std::string(line.substr(0, line.find('\0'))));
  }
  sources.read_file = [&](const std::string&) { return text; };
  const auto parsed = ParseServerOptions(sources);
  if (const auto* options = std::get_if<ServerOptions>(&parsed)) {
    const uint64_t machine_bytes = uint64_t{1} << 34;
    TWINQ_CHECK(options->MemoryBytesMax(machine_bytes) > 0);
    TWINQ_CHECK(options->TransitBytesMax(machine_bytes) >= kTransitBytesMin);
    TWINQ_CHECK(!DurabilityText(*options).empty());
  } else if (const auto* exit = std::get_if<ExitNow>(&parsed)) {
    TWINQ_CHECK((exit->code == ExitCode::kOk) == exit->errors.empty());
    TWINQ_CHECK(!absl::StrCat(exit->output, exit->errors).empty());
  }
}

}  // namespace
}  // namespace twinq

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(data, data + size);
  twinq::FuzzFile(text);
  twinq::FuzzOptions(text);
  return 0;
}
