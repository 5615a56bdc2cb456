#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "bench/e2e/queue_dialect.h"

namespace twinq::bench {
namespace {

constexpr absl::string_view kLineEnd = "\r\n";
constexpr absl::string_view kList = "bench";

// RESP: an array of strings, each behind its length.
std::string Command(const std::vector<absl::string_view>& words) {
  std::string command = absl::StrCat("*", words.size(), kLineEnd);
  for (const absl::string_view word : words) {
    absl::StrAppend(&command, "$", word.size(), kLineEnd, word, kLineEnd);
  }
  return command;
}

class RedisListDialect final : public QueueDialect {
 public:
  explicit RedisListDialect(int connection) : received_(absl::StrCat(kList, ":", connection)) {}

  std::string Send(absl::string_view body) const override {
    return Command({"LPUSH", kList, body});
  }
  std::string Receive() const override {
    return Command({"LMOVE", kList, received_, "RIGHT", "LEFT"});
  }
  // A message is its own handle: its list holds at most those of one burst.
  std::string Acknowledge(absl::string_view handle) const override {
    return Command({"LREM", received_, "1", handle});
  }

  absl::StatusOr<Answer> Read(absl::string_view bytes) const override {
    const size_t line_end = bytes.find(kLineEnd);
    if (line_end == absl::string_view::npos) return Answer();
    const absl::string_view line = bytes.substr(0, line_end);
    const size_t line_bytes = line_end + kLineEnd.size();
    if (line.substr(0, 1) == ":" && line != ":0") return Answer{.bytes = line_bytes};
    uint32_t length = 0;
    if (line.substr(0, 1) != "$" || !absl::SimpleAtoi(line.substr(1), &length)) {
      return absl::FailedPreconditionError(absl::StrCat("redis answers ", line));
    }
    const size_t all_bytes = line_bytes + length + kLineEnd.size();
    if (bytes.size() < all_bytes) return Answer();
    return Answer{.bytes = all_bytes, .handle = bytes.substr(line_bytes, length)};
  }

 private:
  const std::string received_;  // The list of what this connection has received.
};

}  // namespace

std::unique_ptr<QueueDialect> RedisList(int connection) {
  return std::make_unique<RedisListDialect>(connection);
}

}  // namespace twinq::bench
