#include "server/grpc/health_watch.h"

#include "absl/status/status.h"

namespace twinq {

void HealthWatches::OnChange() {
  for (HealthWatch* watch : watches_) watch->OnChange();
}

HealthWatch::HealthWatch(const HealthStatus& status, HealthWatches& watches, Stream& stream)
    : status_(status), watches_(watches), stream_(stream) {
  stream_.Read(request_);
}

void HealthWatch::OnRequest() {
  watches_.Add(*this);
  OnChange();
}

void HealthWatch::OnRequestsEnd() {
  stream_.Finish(absl::InvalidArgumentError("the request is missing"));
}

void HealthWatch::OnWritten() {
  is_writing_ = false;
  OnChange();
}

void HealthWatch::OnChange() {
  const HealthStatus::Status status = status_.Of(request_.service());
  if (is_writing_ || sent_ == status) return;
  grpc::health::v1::HealthCheckResponse response;
  response.set_status(status);
  sent_ = status;
  is_writing_ = true;
  stream_.Write(response);
}

}  // namespace twinq
