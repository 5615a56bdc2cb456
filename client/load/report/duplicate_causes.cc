#include "client/load/report/duplicate_causes.h"

#include <array>
#include <cstddef>

#include "absl/strings/string_view.h"

#include "sim/history/duplicate_causes.h"

namespace twinq::load {
namespace {

constexpr std::array<absl::string_view, history::kCauses> kWhy = {
    "came although its delete was acknowledged",
    "came while another consumer held it",
    "the receive before asked for no visibility",
    "its consumer gave it back",
    "the answer to the receive before was lost",
    "a crash of the server forgot the receive before",
    "no answer came to its delete",
    "its delete came after the visibility timeout",
    "its consumer crashed; the timeout gave it to another",
    "its delete came after the timeout gave it to another",
    "handled, but the ack was lost: timed out, given again"};

}  // namespace

std::vector<DuplicateCause> DuplicateCausesOf(const RunResult& result) {
  std::vector<DuplicateCause> causes = {{"producer_retry", result.judged.further_copies,
                                         "sent again, stored again; FIFO knows the id"}};
  for (size_t i = 0; i < history::kCauses; ++i) {
    const auto cause = static_cast<history::Cause>(i);
    causes.push_back({std::string(history::NameOf(cause)), result.judged.redeliveries.at(i),
                      std::string(kWhy.at(i))});
  }
  return causes;
}

}  // namespace twinq::load
