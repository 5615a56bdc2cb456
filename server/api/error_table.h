#ifndef TWINQ_SERVER_API_ERROR_TABLE_H_
#define TWINQ_SERVER_API_ERROR_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "core/model/api_error.h"

namespace twinq::api {

// An error of SQS under its two names.
struct ErrorName {
  absl::string_view json;   // As AWS JSON spells it, without its namespace.
  absl::string_view query;  // As the Query protocol does, and the failed entries of a batch.
};

// How a refusal looks to clients. The one place that knows the words.
struct ErrorForm {
  ErrorName name;
  absl::StatusCode code;   // For gRPC.
  absl::string_view text;  // With "$p" for ApiError::parameter and "$v" for its value.
};

const ErrorForm& FormOf(ApiErrorCode code);

// The JSON name of each error, at the place that its code has as a number.
std::vector<absl::string_view> ErrorNamesByCode();

// The text with its facts filled in, byte for byte the service's where it has one. Each fact is cut
// between two characters at `value_bytes_max`: what a client sent must not outgrow what a status
// message may carry.
std::string ErrorText(const ApiError& error, size_t value_bytes_max);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_ERROR_TABLE_H_
