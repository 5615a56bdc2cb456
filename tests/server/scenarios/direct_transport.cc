#include "journal/volatile_journal.h"
#include "server/api/error_table.h"
#include "tests/server/api/api_server.h"
#include "tests/server/scenarios/api_transport.h"

namespace twinq::api {
namespace {

class DirectTransport : public ApiTransport {
 public:
  Answer Call(absl::string_view, const google::protobuf::Message& request,
              google::protobuf::Message& response) override {
    const std::optional<ApiError> error = server_.Call(request, response);
    if (!error.has_value()) return {};
    const ErrorForm& form = FormOf(error->code);
    return {.code = form.code,
            .error_name = std::string(form.name.json),
            .text = ErrorText(*error, kEchoedBytesMax)};
  }
  std::string address() const override { return server_.context.address; }
  void Advance(absl::Duration span) override { server_.shard.clock.Advance(span); }

 private:
  VolatileJournal journal_;
  ApiServer server_{journal_};
};

}  // namespace

std::unique_ptr<ApiTransport> NewDirectTransport() { return std::make_unique<DirectTransport>(); }

}  // namespace twinq::api
