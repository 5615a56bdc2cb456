#ifndef TWINQ_SERVER_GRPC_HEALTH_WATCH_H_
#define TWINQ_SERVER_GRPC_HEALTH_WATCH_H_

#include <optional>

#include "absl/container/flat_hash_set.h"

#include "proto/grpc/health/v1/health.pb.h"

#include "server/grpc/health_status.h"
#include "server/grpc/stream_handler.h"

namespace twinq {

class HealthWatch;

// The watches of one completion queue that are open.
//
// Thread-safety: the thread of the completion queue.
class HealthWatches {
 public:
  void Add(HealthWatch& watch) { watches_.insert(&watch); }
  void Remove(HealthWatch& watch) { watches_.erase(&watch); }
  // Tells each that the status may have changed.
  void OnChange();

 private:
  absl::flat_hash_set<HealthWatch*> watches_;
};

// grpc.health.v1.Health.Watch: one request, then the status and each change of it. A client that
// reads slowly is spared the changes between.
//
// Lifetime: borrows all three; in `watches` from the request to its own end.
class HealthWatch : public StreamHandler {
 public:
  HealthWatch(const HealthStatus& status, HealthWatches& watches, Stream& stream);
  ~HealthWatch() override { watches_.Remove(*this); }
  HealthWatch(const HealthWatch&) = delete;
  HealthWatch& operator=(const HealthWatch&) = delete;

  void OnChange();
  void OnRequest() override;
  void OnRequestsEnd() override;
  void OnWritten() override;

 private:
  const HealthStatus& status_;
  HealthWatches& watches_;
  Stream& stream_;
  grpc::health::v1::HealthCheckRequest request_;
  std::optional<HealthStatus::Status> sent_;
  bool is_writing_ = false;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_HEALTH_WATCH_H_
