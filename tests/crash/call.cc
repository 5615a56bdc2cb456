#include "tests/crash/call.h"

namespace twinq::crash {
namespace {

constexpr char kErrorMetadata[] = "twinq-error";

}  // namespace

Verdict VerdictOf(const grpc::Status& status, const grpc::ClientContext& context) {
  if (status.ok()) return {.outcome = history::Outcome::kDone, .error = ""};
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto name = metadata.find(kErrorMetadata);
  if (name == metadata.end() || status.error_code() == grpc::StatusCode::INTERNAL ||
      status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    return {};
  }
  return {.outcome = history::Outcome::kRefused,
          .error = std::string(name->second.data(), name->second.size())};
}

}  // namespace twinq::crash
