#ifndef TWINQ_CLIENT_LOAD_REPORT_HTML_REPORT_H_
#define TWINQ_CLIENT_LOAD_REPORT_HTML_REPORT_H_

#include <string>

#include "absl/types/span.h"

#include "client/load/engine/run_result.h"
#include "client/load/engine/workload.h"

namespace twinq::load {

// The results as one page that needs nothing else: no scripts, no fonts, no network. It is light or
// dark as its reader likes it, and fits a telephone as well as a desk.
std::string RenderHtml(absl::Span<const RunResult> results, const Workload& workload,
                       const std::string& server);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_HTML_REPORT_H_
