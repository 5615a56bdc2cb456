#ifndef TWINQ_TESTS_SERVER_SCENARIOS_API_TRANSPORT_H_
#define TWINQ_TESTS_SERVER_SCENARIOS_API_TRANSPORT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

namespace twinq::api {

// A way to call the API of a server of its own, which has no queues yet. Its clock stands still.
class ApiTransport {
 public:
  struct Answer {
    absl::StatusCode code = absl::StatusCode::kOk;
    std::string error_name = {};  // As SQS's JSON spells it.
    std::string text = {};
  };

  virtual ~ApiTransport() = default;
  // Calls the action, and fills in the response if that succeeds. REQUIRES: there is the action.
  virtual Answer Call(absl::string_view action, const google::protobuf::Message& request,
                      google::protobuf::Message& response) = 0;
  // The host and port in the URLs of queues.
  virtual std::string address() const = 0;
  virtual void Advance(absl::Duration span) = 0;
};

// Straight into server/api.
std::unique_ptr<ApiTransport> NewDirectTransport();
// Over a connection to a gRPC front end.
std::unique_ptr<ApiTransport> NewGrpcTransport();

}  // namespace twinq::api

#endif  // TWINQ_TESTS_SERVER_SCENARIOS_API_TRANSPORT_H_
