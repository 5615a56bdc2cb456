#ifndef TWINQ_SERVER_GRPC_HEALTH_STATUS_H_
#define TWINQ_SERVER_GRPC_HEALTH_STATUS_H_

#include <atomic>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

#include "proto/grpc/health/v1/health.pb.h"

namespace twinq {

// Whether this server's calls are served, as health checks see it. Not from the beginning.
//
// Thread-safety: any thread.
class HealthStatus {
 public:
  using Status = grpc::health::v1::HealthCheckResponse::ServingStatus;

  // `service` is the one, beside "" for the server as a whole, that has a status.
  explicit HealthStatus(std::string service) : service_(std::move(service)) {}

  void SetServing() { is_serving_ = true; }
  void SetNotServing() { is_serving_ = false; }

  // SERVICE_UNKNOWN of any other service.
  Status Of(absl::string_view service) const {
    using grpc::health::v1::HealthCheckResponse;
    if (!service.empty() && service != service_) return HealthCheckResponse::SERVICE_UNKNOWN;
    return is_serving_ ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
  }

 private:
  const std::string service_;
  std::atomic<bool> is_serving_{false};
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_HEALTH_STATUS_H_
