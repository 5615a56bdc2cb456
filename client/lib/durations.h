#ifndef TWINQ_CLIENT_LIB_DURATIONS_H_
#define TWINQ_CLIENT_LIB_DURATIONS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace twinq::client {

// Reads a span of time as people write it, "8s", "500ms", "1h30m", or "0". InvalidArgument for all
// else: without a unit, negative, infinite.
absl::StatusOr<absl::Duration> ParseDuration(absl::string_view text);

// A span as the service takes it: in whole seconds, an int32. InvalidArgument for one that is not;
// whether the service allows it is for the service to say.
absl::StatusOr<int32_t> WholeSeconds(absl::Duration span);

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_DURATIONS_H_
