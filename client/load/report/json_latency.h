#ifndef TWINQ_CLIENT_LOAD_REPORT_JSON_LATENCY_H_
#define TWINQ_CLIENT_LOAD_REPORT_JSON_LATENCY_H_

#include <boost/json/object.hpp>

#include "client/load/engine/latency_histogram.h"

namespace twinq::load {

// {"p50": …, "p90": …, "p99": …, "p999": …, "max": …}, in milliseconds.
boost::json::object JsonOf(const LatencyHistogram& histogram);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_JSON_LATENCY_H_
