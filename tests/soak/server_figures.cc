#include "tests/soak/server_figures.h"

#include <fstream>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"

#include "tests/soak/raw_connection.h"

namespace twinq::soak {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr int64_t kKibibyte = 1024;

}  // namespace

absl::StatusOr<ServerFigures> ParseFigures(absl::string_view page) {
  ServerFigures figures;
  for (absl::string_view line : absl::StrSplit(page, '\n')) {
    double value = 0;
    if (!absl::SimpleAtod(line.substr(line.rfind(' ') + 1), &value)) continue;
    if (absl::StartsWith(line, "process_resident_memory_bytes ")) {
      figures.resident = static_cast<int64_t>(value);
    }
    if (!absl::ConsumePrefix(&line, "twinq_memory_bytes{account=\"")) continue;
    figures.accounts[std::string(line.substr(0, line.find('"')))] = static_cast<int64_t>(value);
  }
  if (figures.accounts.empty() || figures.resident == 0) {
    return absl::InvalidArgumentError("no figures of memory on the page of metrics");
  }
  return figures;
}

absl::StatusOr<ServerFigures> ReadFigures(const std::string& metrics_address) {
  RawConnection connection(metrics_address);
  connection.Send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  std::string page;
  for (;;) {
    const std::optional<std::string> bytes = connection.Receive(kPatience);
    if (!bytes.has_value()) break;
    if (bytes->empty()) return absl::UnavailableError("the page of metrics is not answered");
    page += *bytes;
  }
  return ParseFigures(page);
}

std::string TextOf(const std::map<std::string, int64_t>& accounts) {
  std::vector<std::string> texts;
  for (const auto& [name, bytes] : accounts) {
    if (bytes != 0) texts.push_back(absl::StrCat(name, " ", bytes));
  }
  return absl::StrJoin(texts, ", ");
}

int64_t PeakResidentBytes(int pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(file, line);) {
    const std::vector<absl::string_view> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    int64_t kibibytes = 0;
    if (words.size() == 3 && words[0] == "VmHWM:" && absl::SimpleAtoi(words[1], &kibibytes)) {
      return kibibytes * kKibibyte;
    }
  }
  return 0;
}

}  // namespace twinq::soak
