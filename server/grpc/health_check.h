#ifndef TWINQ_SERVER_GRPC_HEALTH_CHECK_H_
#define TWINQ_SERVER_GRPC_HEALTH_CHECK_H_

#include "proto/grpc/health/v1/health.pb.h"

#include "server/grpc/health_status.h"
#include "server/grpc/stream_handler.h"

namespace twinq {

// grpc.health.v1.Health.Check: one request, one response. NotFound for a service without a status.
//
// Lifetime: borrows both.
class HealthCheck : public StreamHandler {
 public:
  HealthCheck(const HealthStatus& status, Stream& stream);

  void OnRequest() override;
  void OnRequestsEnd() override;
  void OnWritten() override {}

 private:
  const HealthStatus& status_;
  Stream& stream_;
  grpc::health::v1::HealthCheckRequest request_;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_HEALTH_CHECK_H_
