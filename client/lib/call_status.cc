#include "client/lib/call_status.h"

#include <optional>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"

namespace twinq::client {
namespace {

constexpr absl::string_view kErrorNamePayload = "twinq.v1/sqs-error-name";
constexpr absl::string_view kNotSentPayload = "twinq.v1/not-sent";

}  // namespace

std::string SqsErrorName(const absl::Status& status) {
  const auto name = status.GetPayload(kErrorNamePayload);
  return name.has_value() ? std::string(*name) : std::string();
}

absl::Status WithSqsErrorName(absl::Status status, std::string name) {
  status.SetPayload(kErrorNamePayload, absl::Cord(std::move(name)));
  return status;
}

bool WasNotSent(const absl::Status& status) {
  return status.GetPayload(kNotSentPayload).has_value();
}

absl::Status NotSent() {
  absl::Status status = absl::UnavailableError("no connection to the server in time");
  status.SetPayload(kNotSentPayload, absl::Cord());
  return status;
}

}  // namespace twinq::client
