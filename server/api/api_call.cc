#include "server/api/api_call.h"

#include <memory>
#include <utility>

#include "absl/status/status.h"

#include "core/model/limits.h"
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
  // Before messages are taken that could not be handed over.
  if (std::holds_alternative<ReceiveMessages>(command) &&
      !context_.backend.transit().HasRoomFor(kMessageBytesMax)) {
    return End(ApiError{.code = ApiErrorCode::kOverloaded});
  }
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

void ApiCall::Forget() {
  reply = Done();
  TransitBudget& transit = context_.backend.transit();
  transit.GiveBack(std::exchange(reserved_bytes_, 0));
  transit.GiveBackOf(connection_, std::exchange(answer_bytes_, 0));
}

bool ApiCall::Reserve(uint64_t bytes) {
  if (!context_.backend.transit().Take(bytes)) return false;
  reserved_bytes_ += bytes;
  return true;
}

std::optional<ApiError> ApiCall::Admit(MessagesReceived& received) {
  uint64_t bytes = 0;
  for (const MessagesReceived::Entry& entry : received.entries) {
    bytes += entry.payload->bytes().size();
  }
  const bool is_cancelled = is_cancelled_;
  if (!is_cancelled) {
    if (bytes >= TransitBudget::kLargeAnswerBytes) connection_ = connection();
    if (context_.backend.transit().TakeFor(connection_, bytes)) {
      answer_bytes_ = bytes;
      return std::nullopt;
    }
  }
  Release::Submit(context_.backend.sink(), received);
  received.entries.clear();
  if (is_cancelled) return std::nullopt;
  return ApiError{.code = ApiErrorCode::kOverloaded};
}

void ApiCall::OnReply() {
  if (const auto* error = std::get_if<ApiError>(&reply)) return End(*error);
  auto* received = std::get_if<MessagesReceived>(&reply);
  std::optional<ApiError> error = received == nullptr ? std::nullopt : Admit(*received);
  if (error.has_value()) return End(error);
  error = action_->finish(context_, *request_, reply, *response_);
  if (!error.has_value() && digests_ == Digests::kAdded && action_->add_digests != nullptr) {
    action_->add_digests(*request_, *response_);
  }
  // The response has them, and a client may be slow to take it.
  if (received != nullptr) {
    for (MessagesReceived::Entry& entry : received->entries) entry.payload = PayloadPtr();
  }
  End(error);
}

}  // namespace twinq::api
