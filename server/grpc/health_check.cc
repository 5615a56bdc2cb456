#include "server/grpc/health_check.h"

#include "absl/status/status.h"

namespace twinq {

using grpc::health::v1::HealthCheckResponse;

HealthCheck::HealthCheck(const HealthStatus& status, Stream& stream)
    : status_(status), stream_(stream) {
  stream_.Read(request_);
}

void HealthCheck::OnRequest() {
  HealthCheckResponse response;
  response.set_status(status_.Of(request_.service()));
  if (response.status() == HealthCheckResponse::SERVICE_UNKNOWN) {
    return stream_.Finish(absl::NotFoundError("this server has no such service"));
  }
  stream_.FinishWith(response);
}

void HealthCheck::OnRequestsEnd() {
  stream_.Finish(absl::InvalidArgumentError("the request is missing"));
}

}  // namespace twinq
