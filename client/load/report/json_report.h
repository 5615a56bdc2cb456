#ifndef TWINQ_CLIENT_LOAD_REPORT_JSON_REPORT_H_
#define TWINQ_CLIENT_LOAD_REPORT_JSON_REPORT_H_

#include <string>

#include "absl/types/span.h"

#include "client/load/engine/run_result.h"
#include "client/load/engine/workload.h"

namespace twinq::load {

// The result as one line of JSON, for scripts. Latencies are milliseconds; what is not known is
// null. `server` is the address that was asked for.
std::string JsonOf(const RunResult& result, const Workload& workload, const std::string& server);

// A list of them.
std::string JsonOfAll(absl::Span<const RunResult> results, const Workload& workload,
                      const std::string& server);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_JSON_REPORT_H_
