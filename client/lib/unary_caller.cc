#include "client/lib/unary_caller.h"

namespace twinq::client {

absl::Status CallStatus(const grpc::Status& outcome, const grpc::ClientContext& context) {
  constexpr char kErrorMetadata[] = "twinq-error";
  if (outcome.ok()) return absl::OkStatus();
  // The two libraries number their codes alike.
  absl::Status status(static_cast<absl::StatusCode>(outcome.error_code()), outcome.error_message());
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto name = metadata.find(kErrorMetadata);
  if (name == metadata.end()) return status;
  return WithSqsErrorName(std::move(status), std::string(name->second.data(), name->second.size()));
}

}  // namespace twinq::client
