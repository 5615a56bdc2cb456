#ifndef TWINQ_SERVER_GRPC_REQUEST_PARSER_H_
#define TWINQ_SERVER_GRPC_REQUEST_PARSER_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "core/model/api_error.h"

namespace twinq {

// Takes over the log of the protobuf library, which is where it says why it refused a message. Its
// messages go no further. Call once, before the first ParseRequest().
void CaptureProtobufLog();

// Fills in `message`, or says what is wrong with the bytes: not UTF-8 and in which field, or no
// such message. gRPC's own parse errors have no text.
//
// Thread-safety: any thread.
std::optional<ApiError> ParseRequest(absl::string_view bytes, google::protobuf::Message& message);

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_REQUEST_PARSER_H_
