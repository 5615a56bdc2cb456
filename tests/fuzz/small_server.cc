#include "tests/fuzz/small_server.h"

#include <utility>

#include "core/base/check.h"
#include "server/grpc/request_parser.h"

namespace twinq::api {
namespace {

constexpr size_t kEchoedBytesMax = 1'024;
constexpr int kSliceBudget = 100;
// However much is due at once, there is an end to it.
constexpr int kSlicesMax = 100'000;

}  // namespace

BytesCall::BytesCall(ApiContext& context, const Action& action)
    : ApiCall(context),
      action_(action),
      request_(action.request->New()),
      response_(action.response->New()) {}

void BytesCall::Begin(absl::string_view bytes, Digests digests) {
  if (const std::optional<ApiError> malformed = ParseRequest(bytes, *request_)) {
    return Refuse(*malformed);
  }
  Start(action_, *request_, *response_, digests);
}

void BytesCall::OnDone(const std::optional<ApiError>& error) {
  TWINQ_CHECK(!is_done_);
  error_ = error;
  is_done_ = true;
}

SmallServer::SmallServer()
    : now_(Timestamp() + absl::Seconds(1'700'000'000)),
      shard_(StartedShard()),
      backend_(*this, shard_->receipt_key()),
      context_{.backend = backend_,
               .random = random_,
               .address = "host:9323",
               .echoed_bytes_max = kEchoedBytesMax} {}

SmallServer::~SmallServer() = default;

std::unique_ptr<Shard> SmallServer::StartedShard() {
  // The log is cleaned all the time.
  auto shard = std::make_unique<Shard>(journal_, ReplyWhen::kDurable,
                                       LogCleaner::Options{.slack_bytes = 0, .stretch_bytes = 256});
  TWINQ_CHECK(shard->Start(ReceiptKey{1, 2, 3}).ok());
  return shard;
}

void SmallServer::Pass(absl::Duration span) {
  now_ = now_ + span;
  int slices = 0;
  while (shard_->Advance(now_, kSliceBudget) <= now_) {
    TWINQ_CHECK(++slices < kSlicesMax);
    Answer();
  }
  Answer();
}

void SmallServer::Restart() {
  Answer();
  shard_.reset();
  shard_ = StartedShard();
  Answer();
}

absl::Status SmallServer::Submit(PendingCommand& command) {
  shard_->Execute(now_, command);
  Answer();
  return absl::OkStatus();
}

void SmallServer::Cancel(PendingCommand& command) {
  shard_->Cancel(now_, command);
  Answer();
}

void SmallServer::Answer() {
  shard_->Flush();
  while (shard_->WantsSync()) {
    std::unique_ptr<SyncTicket> ticket = shard_->BeginSync();
    absl::Status outcome = ticket->Run();
    shard_->OnSynced(std::move(ticket), std::move(outcome));
  }
  TWINQ_CHECK(shard_->failure().ok());
  for (PendingCommand* command : shard_->TakeReleased()) command->OnReply();
}

}  // namespace twinq::api
