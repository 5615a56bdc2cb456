#include "server/grpc/stream_method.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "core/base/check.h"
#include "core/model/api_error.h"
#include "server/grpc/raw_service.h"

namespace twinq {

void StreamCall::Accept() {
  context_.AsyncNotifyWhenDone(&end_);
  method_.Request(context_, stream_, accepted_);
}

void StreamCall::OnAccepted(Completion completion) {
  // The server ends; gRPC then sends no end of a call.
  if (completion == Completion::kFailed) return method_.Free(*this);
  state_ = State::kOpen;
  events_left_ = 1;
  request_id_ = TakeRequestId(context_, method_.random());
  absl::StatusOr<std::unique_ptr<StreamHandler>> handler = method_.Admit(*this);
  if (!handler.ok()) return Finish(handler.status());
  handler_ = *std::move(handler);
}

void StreamCall::Read(google::protobuf::Message& request) {
  if (state_ != State::kOpen) return;
  TWINQ_CHECK(request_ == nullptr);
  request_ = &request;
  ++events_left_;
  stream_.Read(&request_bytes_, &read_);
}

void StreamCall::OnRead(Completion completion) {
  google::protobuf::Message* const request = std::exchange(request_, nullptr);
  if (state_ == State::kOpen) {
    if (completion == Completion::kFailed) {
      handler_->OnRequestsEnd();
    } else if (std::optional<ApiError> malformed = TakeRequest(request_bytes_, *request)) {
      BeginFinish(StatusOf(*malformed, request_id_, context_));
    } else {
      handler_->OnRequest();
    }
  }
  CountDown();
}

void StreamCall::Write(const google::protobuf::Message& response) {
  if (state_ != State::kOpen) return;
  TWINQ_CHECK(!is_writing_);
  is_writing_ = true;
  ++events_left_;
  stream_.Write(BytesOf(response), &written_);
}

void StreamCall::OnWritten(Completion completion) {
  is_writing_ = false;
  // After a failure nothing can be sent; the end of the call is on its way.
  if (completion == Completion::kOk) {
    if (state_ == State::kOpen) handler_->OnWritten();
    if (state_ == State::kFinishing && status_after_write_.has_value()) {
      SendStatus(*status_after_write_);
    }
  }
  CountDown();
}

void StreamCall::FinishWith(const google::protobuf::Message& response) {
  if (state_ != State::kOpen) return;
  TWINQ_CHECK(!is_writing_);
  state_ = State::kFinishing;
  ++events_left_;
  stream_.WriteAndFinish(BytesOf(response), grpc::WriteOptions(), grpc::Status::OK, &finished_);
}

void StreamCall::Finish(const absl::Status& status) {
  BeginFinish({static_cast<grpc::StatusCode>(status.code()), std::string(status.message())});
}

void StreamCall::BeginFinish(const grpc::Status& status) {
  if (state_ != State::kOpen) return;
  state_ = State::kFinishing;
  if (is_writing_) {
    status_after_write_ = status;
  } else {
    SendStatus(status);
  }
}

void StreamCall::SendStatus(const grpc::Status& status) {
  ++events_left_;
  stream_.Finish(status, &finished_);
}

void StreamCall::OnFinished(Completion) { CountDown(); }

void StreamCall::OnEnd(Completion) {
  state_ = State::kOver;
  handler_.reset();
  CountDown();
}

void StreamCall::CountDown() {
  if (--events_left_ == 0) method_.Free(*this);
}

namespace {

absl::Status Ending() { return absl::UnavailableError("the server is shutting down"); }

}  // namespace

StreamMethod::StreamMethod(RawService& service, int place, grpc::ServerCompletionQueue& queue,
                           HandlerFactory make_handler, Random& random)
    : service_(service),
      place_(place),
      queue_(queue),
      make_handler_(std::move(make_handler)),
      random_(random) {}

void StreamMethod::Start() { AcceptOneMore(); }

void StreamMethod::End() {
  is_ending_ = true;
  for (const std::unique_ptr<StreamCall>& call : calls_) call->Finish(Ending());
}

void StreamMethod::Request(grpc::ServerContext& context, RawService::Stream& stream,
                           CompletionEvent& event) {
  service_.RequestStream(place_, context, stream, queue_, event);
}

absl::StatusOr<std::unique_ptr<StreamHandler>> StreamMethod::Admit(Stream& stream) {
  if (is_ending_) return Ending();
  const bool is_full = calls_.size() > kOpenMax;  // Also counts the one that asks.
  AcceptOneMore();
  if (is_full) return absl::ResourceExhaustedError("too many calls of this method are open");
  return make_handler_(stream);
}

void StreamMethod::Free(StreamCall& call) {
  const auto place = calls_.find(&call);
  calls_.erase(place);
}

void StreamMethod::AcceptOneMore() {
  auto call = std::make_unique<StreamCall>(*this);
  StreamCall& added = *call;
  calls_.insert(std::move(call));
  added.Accept();
}

}  // namespace twinq
