#ifndef TWINQ_CLIENT_LIB_CALL_STATUS_H_
#define TWINQ_CLIENT_LIB_CALL_STATUS_H_

#include <string>

#include "absl/status/status.h"

namespace twinq::client {

// The name of the SQS error in a status of this library, as in "QueueDoesNotExist"; empty when the
// status is not the service's answer: OK, no server, a deadline, a bad argument.
std::string SqsErrorName(const absl::Status& status);

// `status` with the name of an SQS error, as the service would have sent it.
absl::Status WithSqsErrorName(absl::Status status, std::string name);

// Whether the call was not even sent: WhenUnavailable::kWait found no server in time.
bool WasNotSent(const absl::Status& status);
absl::Status NotSent();

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_CALL_STATUS_H_
