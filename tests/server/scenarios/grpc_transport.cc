#include "absl/status/statusor.h"

#include "core/base/check.h"
#include "journal/volatile_journal.h"
#include "server/grpc/grpc_server.h"
#include "tests/server/grpc/wire_client.h"
#include "tests/server/runtime/running_shard.h"
#include "tests/server/scenarios/api_transport.h"

namespace twinq::api {
namespace {

class GrpcTransport : public ApiTransport {
 public:
  GrpcTransport() {
    absl::StatusOr<std::unique_ptr<GrpcServer>> started =
        GrpcServer::Start({.address = "127.0.0.1:0"}, backend_);
    TWINQ_CHECK(started.ok());
    server_ = *std::move(started);
    client_ = std::make_unique<WireClient>(server_->address());
  }

  Answer Call(absl::string_view action, const google::protobuf::Message& request,
              google::protobuf::Message& response) override {
    const WireAnswer answer = client_->Ask(action, request.SerializeAsString());
    TWINQ_CHECK(response.ParseFromString(answer.bytes));
    return {.code = answer.status.code(),
            .error_name = answer.error_name,
            .text = std::string(answer.status.message())};
  }
  std::string address() const override { return server_->address(); }
  void Advance(absl::Duration span) override { shard_.clock.Advance(span); }

 private:
  VolatileJournal journal_;
  RunningShard shard_{journal_};
  const Backend backend_{shard_.runner, shard_.shard.receipt_key()};
  std::unique_ptr<GrpcServer> server_;
  std::unique_ptr<WireClient> client_;
};

}  // namespace

std::unique_ptr<ApiTransport> NewGrpcTransport() { return std::make_unique<GrpcTransport>(); }

}  // namespace twinq::api
