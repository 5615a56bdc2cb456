#include "server/grpc/request_parser.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/stubs/logging.h"

namespace twinq {
namespace {

// What the library last said in this thread.
std::string& LastLog() {
  thread_local std::string last;
  return last;
}

void KeepLog(google::protobuf::LogLevel, const char*, int, const std::string& message) {
  LastLog() = message;
}

// The library writes: String field 'twinq.v1.SendMessageRequest.message_body' contains invalid
// UTF-8 …
std::string Reason(const google::protobuf::Message& message) {
  const absl::string_view log = LastLog();
  const size_t open = log.find('\'');
  const size_t close = log.rfind('\'');
  if (log.find("invalid UTF-8") != absl::string_view::npos && open < close) {
    const size_t end = log.find('\'', open + 1);
    const absl::string_view path = log.substr(open + 1, end - open - 1);
    return absl::StrCat("the field ", path.substr(path.rfind('.') + 1), " is not UTF-8.");
  }
  return absl::StrCat("the bytes are no ", message.GetDescriptor()->full_name(), ".");
}

}  // namespace

void CaptureProtobufLog() { google::protobuf::SetLogHandler(KeepLog); }

std::optional<ApiError> ParseRequest(absl::string_view bytes, google::protobuf::Message& message) {
  LastLog().clear();
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  return ApiError{.code = ApiErrorCode::kMalformedRequest, .value = Reason(message)};
}

}  // namespace twinq
