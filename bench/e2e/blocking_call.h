#ifndef TWINQ_BENCH_E2E_BLOCKING_CALL_H_
#define TWINQ_BENCH_E2E_BLOCKING_CALL_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace twinq::bench {

// One gRPC call over a connection of its own, for what surrounds a measurement: sends the bytes of
// a serialised request to `method` ("/package.Service/Method") of the server at `target`
// (ADDRESS:PORT, numeric), and returns the bytes of the answer. A server's refusal is returned with
// its code and text; DeadlineExceeded when nothing came within `timeout`.
absl::StatusOr<std::string> CallOnce(absl::string_view target, absl::string_view method,
                                     absl::string_view request, absl::Duration timeout);

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_E2E_BLOCKING_CALL_H_
