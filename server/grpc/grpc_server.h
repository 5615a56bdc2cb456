#ifndef TWINQ_SERVER_GRPC_GRPC_SERVER_H_
#define TWINQ_SERVER_GRPC_GRPC_SERVER_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "server/api/backend.h"
#include "server/metrics/call_metrics.h"

namespace twinq {

// The gRPC front end: twinq.v1.QueueService and AdminService, the standard health service and
// server reflection. Calls are served by a few threads with a completion queue each, which measured
// faster than gRPC's callback API.
//
// Thread-safety: one thread. Lifetime: borrows the backend.
class GrpcServer {
 public:
  struct Options {
    std::string address = "127.0.0.1:9323";  // ADDRESS:PORT; port 0 picks a free one.
    int threads = 1;
    int streams_max = 10'000;  // Calls under way on one connection.
    // What gRPC itself may have of requests and answers; beyond it, it reads no further and may
    // close connections.
    uint64_t transport_bytes_max = std::numeric_limits<uint64_t>::max();
    metrics::CallMetrics* calls = nullptr;  // Counts calls; borrowed.
  };

  // Listens. Health checks hear that it serves if the backend is ready, else after SetServing().
  // Unavailable if the address cannot be listened on.
  static absl::StatusOr<std::unique_ptr<GrpcServer>> Start(const Options& options,
                                                           const api::Backend& backend);
  ~GrpcServer();
  GrpcServer(const GrpcServer&) = delete;
  GrpcServer& operator=(const GrpcServer&) = delete;

  // ADDRESS:PORT with the port that was picked.
  const std::string& address() const { return address_; }

  // Tells health checks that the backend, which was not ready at the start, is. Call at most once.
  void SetServing();
  // Tells health checks that this server is about to go, for good; calls are still served.
  void SetNotServing();
  // Accepts nothing new, lets calls in progress finish for at most `grace`, then cancels them, and
  // returns when all is over.
  void Shutdown(absl::Duration grace);

 private:
  struct Serving;

 public:
  // For Start() only, which alone can name Serving.
  GrpcServer(std::string address, std::unique_ptr<Serving> serving);

 private:
  const std::string address_;
  std::unique_ptr<Serving> serving_;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_GRPC_SERVER_H_
