#ifndef TWINQ_SERVER_API_CALL_OUTCOMES_H_
#define TWINQ_SERVER_API_CALL_OUTCOMES_H_

#include <cstddef>
#include <optional>

#include "core/model/api_error.h"
#include "server/metrics/call_metrics.h"

namespace twinq::api {

// How the end of a call is counted.
inline metrics::CallOutcome OutcomeOf(const std::optional<ApiError>& error) {
  return error.has_value() ? size_t{1} + static_cast<size_t>(error->code) : 0;
}

// What calls can be of, and come to: all actions, and the JSON names of all errors; "" for success.
metrics::CallMetrics::Names CountedNames();

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_CALL_OUTCOMES_H_
