#include "server/grpc/unary_method.h"

#include <utility>

#include "core/base/check.h"
#include "server/grpc/raw_service.h"

namespace twinq {
namespace {

// A message that grew beyond this is not kept for the next call: one large request would otherwise
// cost its size for good in every call object that it has met.
constexpr size_t kKeptMessageBytesMax = size_t{16} * 1024;

void MakeEmpty(const google::protobuf::Message& prototype,
               std::unique_ptr<google::protobuf::Message>& message) {
  if (message == nullptr) {
    message.reset(prototype.New());
  } else {
    message->Clear();
  }
}

// The metadata `twinq-md5: 1` asks for digests.
api::Digests DigestsFor(const grpc::ServerContext& context) {
  const auto& metadata = context.client_metadata();
  const auto wish = metadata.find("twinq-md5");
  return wish != metadata.end() && wish->second == "1" ? api::Digests::kAdded
                                                       : api::Digests::kOmitted;
}

void LetGoIfLarge(std::unique_ptr<google::protobuf::Message>& message) {
  if (message != nullptr && message->SpaceUsedLong() > kKeptMessageBytesMax) message.reset();
}

}  // namespace

UnaryCall::UnaryCall(UnaryMethod& method)
    : ApiCall(method.context(), method.counters()), method_(method) {}

void UnaryCall::Accept() {
  transport_.emplace();
  transport_->context.AsyncNotifyWhenDone(&end_);
  method_.Request(*transport_, accepted_);
}

RawService::Unary& UnaryCall::transport() {
  TWINQ_CHECK(transport_.has_value());
  return *transport_;
}

void UnaryCall::OnAccepted(Completion completion) {
  // The server ends; gRPC then sends no end of a call.
  if (completion == Completion::kFailed) return method_.Free(*this);
  method_.OnAccepted();
  events_left_ = 2;
  request_id_ = TakeRequestId(transport().context, method_.context().random);
  // The bytes, and the message that they become.
  if (!Reserve(2 * transport().request.Length())) {
    return Refuse({.code = ApiErrorCode::kOverloaded});
  }
  MakeEmpty(*method_.action().request, request_);
  if (std::optional<ApiError> malformed = TakeRequest(transport().request, *request_)) {
    return Refuse(*malformed);
  }
  MakeEmpty(*method_.action().response, response_);
  Start(method_.action(), *request_, *response_, DigestsFor(transport().context));
}

std::string UnaryCall::connection() const {
  TWINQ_CHECK(transport_.has_value());
  return transport_->context.peer();
}

void UnaryCall::OnDone(const std::optional<ApiError>& error) {
  if (error.has_value()) return AnswerWith(*error);
  AnswerWithResponse();
}

void UnaryCall::AnswerWith(const ApiError& error) {
  transport().writer.FinishWithError(StatusOf(error, request_id_, transport().context), &answered_);
}

void UnaryCall::AnswerWithResponse() {
  const grpc::ByteBuffer bytes = BytesOf(*response_);
  LetGoIfLarge(response_);
  transport().writer.Finish(bytes, grpc::Status::OK, &answered_);
}

void UnaryCall::OnEnd(Completion) {
  if (transport().context.IsCancelled()) Cancel();
  OnEvent();
}

void UnaryCall::OnAnswered(Completion completion) {
  if (completion == Completion::kFailed) Undelivered();
  OnEvent();
}

void UnaryCall::OnEvent() {
  if (--events_left_ > 0) return;
  Forget();
  LetGoIfLarge(request_);
  transport_.reset();
  method_.OnOver(*this);
}

UnaryMethod::UnaryMethod(const Served& served, grpc::ServerCompletionQueue& queue,
                         api::ApiContext& context)
    : served_(served), queue_(queue), context_(context) {}

void UnaryMethod::Start() {
  while (accepting_ < kAcceptingMin) AcceptOneMore();
}

void UnaryMethod::Request(RawService::Unary& call, CompletionEvent& event) {
  served_.service.RequestUnary(served_.place, call, queue_, event);
}

void UnaryMethod::OnAccepted() {
  --accepting_;
  if (accepting_ < kAcceptingMin && !is_ending_) AcceptOneMore();
}

void UnaryMethod::OnOver(UnaryCall& call) {
  if (accepting_ >= kAcceptingMax || is_ending_) return Free(call);
  ++accepting_;
  call.Accept();
}

void UnaryMethod::Free(UnaryCall& call) {
  const auto place = calls_.find(&call);
  calls_.erase(place);
}

void UnaryMethod::AcceptOneMore() {
  auto call = std::make_unique<UnaryCall>(*this);
  UnaryCall& added = *call;
  calls_.insert(std::move(call));
  ++accepting_;
  added.Accept();
}

}  // namespace twinq
