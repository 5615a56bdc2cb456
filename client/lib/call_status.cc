#include "client/lib/call_status.h"

#include <optional>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"

namespace twinq::client {
namespace {

constexpr char kErrorMetadata[] = "twinq-error";
constexpr absl::string_view kErrorNamePayload = "twinq.v1/sqs-error-name";

}  // namespace

absl::Status CallStatus(const grpc::Status& outcome, const grpc::ClientContext& context) {
  if (outcome.ok()) return absl::OkStatus();
  // The two libraries number their codes alike.
  absl::Status status(static_cast<absl::StatusCode>(outcome.error_code()), outcome.error_message());
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto name = metadata.find(kErrorMetadata);
  if (name == metadata.end()) return status;
  return WithSqsErrorName(std::move(status), std::string(name->second.data(), name->second.size()));
}

std::string SqsErrorName(const absl::Status& status) {
  const auto name = status.GetPayload(kErrorNamePayload);
  return name.has_value() ? std::string(*name) : std::string();
}

absl::Status WithSqsErrorName(absl::Status status, std::string name) {
  status.SetPayload(kErrorNamePayload, absl::Cord(std::move(name)));
  return status;
}

}  // namespace twinq::client
