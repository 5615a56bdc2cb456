#include "server/api/api_call.h"

#include <memory>
#include <utility>

#include "absl/status/status.h"

#include "server/api/call_outcomes.h"

namespace twinq::api {
namespace {

// Releases deliveries without anybody waiting for it; owns itself while it is under way.
class Release : public PendingCommand {
 public:
  static void Submit(CommandSink& sink, const MessagesReceived& received) {
    if (received.entries.empty()) return;
    auto release = std::make_unique<Release>();
    ReleaseDeliveries deliveries{.queue = received.entries.front().delivery.receipt.queue,
                                 .receipts = {}};
    for (const MessagesReceived::Entry& entry : received.entries) {
      deliveries.receipts.push_back(entry.delivery.receipt);
    }
    release->command = std::move(deliveries);
    Release* under_way = release.release();
    // A full inbox: the messages become visible again by their timeout.
    if (!sink.Submit(*under_way).ok()) under_way->OnReply();
  }

  void OnReply() override { const std::unique_ptr<Release> self(this); }
};

ApiError ErrorOf(const absl::Status& refused) {
  return {.code = absl::IsResourceExhausted(refused) ? ApiErrorCode::kOverloaded
                                                     : ApiErrorCode::kShuttingDown};
}

}  // namespace

void ApiCall::Begin() {
  if (counters_ != nullptr) begun_ = counters_->Begin();
}

void ApiCall::End(const std::optional<ApiError>& error) {
  if (counters_ != nullptr) counters_->End(OutcomeOf(error), begun_);
  OnDone(error);
}

void ApiCall::Refuse(const ApiError& error) {
  Begin();
  End(error);
}

void ApiCall::Start(const Action& action, const google::protobuf::Message& request,
                    google::protobuf::Message& response, Digests digests) {
  Begin();
  action_ = &action;
  digests_ = digests;
  request_ = &request;
  response_ = &response;
  is_cancelled_ = false;
  reply = Done();
  if (!context_.backend.is_ready()) return End(ApiError{.code = ApiErrorCode::kStarting});

  Step step = action.begin(context_, request, response);
  if (const auto* error = std::get_if<ApiError>(&step)) return End(*error);
  if (std::holds_alternative<Answered>(step)) return End(std::nullopt);
  command = std::get<Command>(std::move(step));
  // From here on the call may be over at any moment, so nothing of it is touched after a success.
  if (absl::Status submitted = context_.backend.sink().Submit(*this); !submitted.ok()) {
    End(ErrorOf(submitted));
  }
}

void ApiCall::Cancel() {
  is_cancelled_ = true;
  context_.backend.sink().Cancel(*this);
}

void ApiCall::Undelivered() {
  if (const auto* received = std::get_if<MessagesReceived>(&reply)) {
    Release::Submit(context_.backend.sink(), *received);
  }
}

void ApiCall::Forget() { reply = Done(); }

void ApiCall::OnReply() {
  if (const auto* error = std::get_if<ApiError>(&reply)) return End(*error);
  auto* received = std::get_if<MessagesReceived>(&reply);
  if (received != nullptr && is_cancelled_) {
    Release::Submit(context_.backend.sink(), *std::exchange(received, nullptr));
    reply = MessagesReceived();
  }
  std::optional<ApiError> error = action_->finish(context_, *request_, reply, *response_);
  if (!error.has_value() && digests_ == Digests::kAdded && action_->add_digests != nullptr) {
    action_->add_digests(*request_, *response_);
  }
  End(error);
}

}  // namespace twinq::api
