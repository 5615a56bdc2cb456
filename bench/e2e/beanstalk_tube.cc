#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "bench/e2e/queue_dialect.h"

namespace twinq::bench {
namespace {

constexpr absl::string_view kLineEnd = "\r\n";

class BeanstalkTubeDialect final : public QueueDialect {
 public:
  // Priority 0, no delay, 30 s to work on it.
  std::string Send(absl::string_view body) const override {
    return absl::StrCat("put 0 0 30 ", body.size(), kLineEnd, body, kLineEnd);
  }
  std::string Receive() const override { return absl::StrCat("reserve", kLineEnd); }
  std::string Acknowledge(absl::string_view handle) const override {
    return absl::StrCat("delete ", handle, kLineEnd);
  }

  absl::StatusOr<Answer> Read(absl::string_view bytes) const override {
    const size_t line_end = bytes.find(kLineEnd);
    if (line_end == absl::string_view::npos) return Answer();
    const absl::string_view line = bytes.substr(0, line_end);
    const size_t line_bytes = line_end + kLineEnd.size();
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
    if (words[0] == "INSERTED" || words[0] == "DELETED") return Answer{.bytes = line_bytes};
    uint32_t length = 0;
    if (words.size() != 3 || words[0] != "RESERVED" || !absl::SimpleAtoi(words[2], &length)) {
      return absl::FailedPreconditionError(absl::StrCat("beanstalkd answers ", line));
    }
    const size_t all_bytes = line_bytes + length + kLineEnd.size();
    if (bytes.size() < all_bytes) return Answer();
    return Answer{.bytes = all_bytes, .handle = words[1]};
  }
};

}  // namespace

std::unique_ptr<QueueDialect> BeanstalkTube() { return std::make_unique<BeanstalkTubeDialect>(); }

}  // namespace twinq::bench
