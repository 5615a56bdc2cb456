#ifndef TWINQ_CLIENT_LOAD_REPORT_SHARES_H_
#define TWINQ_CLIENT_LOAD_REPORT_SHARES_H_

#include <array>

#include "absl/strings/string_view.h"

namespace twinq::load {

// The percentiles that are reported.
struct NamedShare {
  absl::string_view name;  // For people,
  absl::string_view key;   // and for JSON.
  double share = 0;
};

inline constexpr std::array<NamedShare, 5> kShares = {{{"p50", "p50", 0.5},
                                                       {"p90", "p90", 0.9},
                                                       {"p99", "p99", 0.99},
                                                       {"p99.9", "p999", 0.999},
                                                       {"max", "max", 1}}};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_SHARES_H_
