#include "server/grpc/raw_service.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"

#include "proto/google/rpc/error_details.pb.h"
#include "proto/google/rpc/status.pb.h"

#include "server/api/error_table.h"
#include "server/grpc/request_id.h"
#include "server/grpc/request_parser.h"

namespace twinq {
namespace {

constexpr char kRequestIdKey[] = "twinq-request-id";

}  // namespace

RawService::RawService(const google::protobuf::ServiceDescriptor& service)
    : name_(service.full_name()) {}

int RawService::AddUnary(absl::string_view method) {
  return Add(method, grpc::internal::RpcMethod::NORMAL_RPC);
}

int RawService::AddStream(absl::string_view method) {
  return Add(method, grpc::internal::RpcMethod::BIDI_STREAMING);
}

// What the generated constructors do: a method without a handler, served as raw bytes.
int RawService::Add(absl::string_view method, grpc::internal::RpcMethod::RpcType type) {
  const int place = static_cast<int>(paths_.size());
  paths_.push_back(absl::StrCat("/", name_, "/", method));
  // grpc::Service frees the method, which only points at its path.
  AddMethod(std::make_unique<grpc::internal::RpcServiceMethod>(paths_.back().c_str(), type, nullptr)
                .release());
  MarkMethodRaw(place);
  return place;
}

void RawService::RequestUnary(int place, Unary& call, grpc::ServerCompletionQueue& queue,
                              CompletionEvent& event) {
  RequestAsyncUnary(place, &call.context, &call.request, &call.writer, &queue, &queue, &event);
}

void RawService::RequestStream(int place, grpc::ServerContext& context, Stream& stream,
                               grpc::ServerCompletionQueue& queue, CompletionEvent& event) {
  RequestAsyncBidiStreaming(place, &context, &stream, &queue, &queue, &event);
}

std::optional<ApiError> TakeRequest(grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  grpc::Slice slice;
  if (!bytes.TrySingleSlice(&slice).ok() && !bytes.DumpToSingleSlice(&slice).ok()) {
    return ApiError{.code = ApiErrorCode::kMalformedRequest, .value = "it could not be read."};
  }
  bytes.Clear();
  return ParseRequest({reinterpret_cast<const char*>(slice.begin()), slice.size()}, message);
}

RequestId TakeRequestId(grpc::ServerContext& context, Random& random) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(kRequestIdKey);
  if (found == metadata.end()) return RequestId::Drawn(random);
  RequestId id = RequestId::Given({found->second.data(), found->second.size()}, random);
  if (id.is_given()) context.AddTrailingMetadata(kRequestIdKey, id.text());
  return id;
}

grpc::ByteBuffer BytesOf(const google::protobuf::Message& message) {
  grpc::Slice slice(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  return grpc::ByteBuffer(&slice, 1);
}

grpc::Status StatusOf(const ApiError& error, const RequestId& id, grpc::ServerContext& context) {
  const std::string request_id = id.text();
  if (!id.is_given()) context.AddTrailingMetadata(kRequestIdKey, request_id);
  const api::ErrorForm& form = api::FormOf(error.code);
  const std::string name(form.name.json);
  context.AddTrailingMetadata("twinq-error", name);

  google::rpc::ErrorInfo info;
  info.set_reason(name);
  info.set_domain("twinq");
  (*info.mutable_metadata())["request_id"] = request_id;
  google::rpc::Status details;
  details.set_code(static_cast<int>(form.code));
  details.set_message(api::ErrorText(error, kEchoedBytesMax));
  details.add_details()->PackFrom(info);
  return {static_cast<grpc::StatusCode>(form.code), details.message(), details.SerializeAsString()};
}

}  // namespace twinq
