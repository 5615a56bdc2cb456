#include "client/load/report/json_latency.h"

#include "absl/time/time.h"

#include "client/load/report/shares.h"

namespace twinq::load {

boost::json::object JsonOf(const LatencyHistogram& histogram) {
  boost::json::object json;
  for (const NamedShare& share : kShares) {
    json[boost::json::string_view(share.key.data(), share.key.size())] =
        absl::ToDoubleMilliseconds(histogram.Percentile(share.share));
  }
  return json;
}

}  // namespace twinq::load
