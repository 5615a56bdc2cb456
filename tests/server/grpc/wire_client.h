#ifndef TWINQ_TESTS_SERVER_GRPC_WIRE_CLIENT_H_
#define TWINQ_TESTS_SERVER_GRPC_WIRE_CLIENT_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace twinq {

// What a call came to, as the wire has it.
struct WireAnswer {
  absl::Status status;
  std::string error_name;     // Of the trailing metadata `twinq-error`; empty without.
  std::string request_id;     // Of `twinq-request-id`.
  std::string error_details;  // Of `grpc-status-details-bin`.
  std::string bytes;          // The response, undecoded.
};

// From now on gRPC logs nothing in this process, until the next server starts.
void SilenceGrpc();

// A client of the queue service that sends what bytes it is told to, over a connection of its own,
// many calls at once.
class WireClient {
 public:
  explicit WireClient(const std::string& address);
  ~WireClient();

  // A call under way. It is cancelled and waited for if it goes out of scope.
  class Call {
   public:
    struct State;
    explicit Call(std::unique_ptr<State> state);
    ~Call();

    void Cancel();
    // Waits for the end of the call.
    const WireAnswer& Await();

   private:
    std::unique_ptr<State> state_;
  };

  using Metadata = std::map<std::string, std::string>;

  // Calls a method of QueueService by its name, one of another service by its path. The call must
  // not outlive this client.
  std::unique_ptr<Call> Begin(absl::string_view method, const std::string& request,
                              absl::Duration deadline = absl::Minutes(1),
                              const Metadata& metadata = {});
  WireAnswer Ask(absl::string_view method, const std::string& request,
                 const Metadata& metadata = {}) {
    return Begin(method, request, absl::Minutes(1), metadata)->Await();
  }

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SERVER_GRPC_WIRE_CLIENT_H_
