#ifndef TWINQ_SERVER_API_ACTION_H_
#define TWINQ_SERVER_API_ACTION_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/message.h"

#include "broker/command.h"
#include "core/base/random.h"
#include "core/model/api_error.h"
#include "server/api/backend.h"

namespace twinq::api {

// What the use cases need of the server. One per front-end thread, for the sake of `random`.
//
// Lifetime: borrows everything.
struct ApiContext {
  const Backend& backend;
  Random& random;       // For message ids.
  std::string address;  // ADDRESS:PORT in the queue URLs of answers.
  // How many bytes of each value that a client has sent the text of an error repeats.
  size_t echoed_bytes_max;
  // How many bytes of messages a receive answers with, beside the first one.
  uint64_t received_bytes_max = std::numeric_limits<uint64_t>::max();
};

// How a request goes on after it was judged: as a command, or not at all because the response is
// complete or the request refused.
struct Answered {};
using Step = std::variant<Command, Answered, ApiError>;

// One SQS action: how its request becomes a command, and the reply its response. The same for every
// protocol; a front end finds the action by name and translates bytes.
struct Action {
  absl::string_view name;                    // As SQS spells it.
  const google::protobuf::Message* request;  // An empty one of each type, to make others from.
  const google::protobuf::Message* response;

  // Checks in the order of SQS semantics 2.0. Runs on the front-end thread of the context.
  Step (*begin)(ApiContext& context, const google::protobuf::Message& request,
                google::protobuf::Message& response);
  // Fills in the response, or says why the command was refused. `reply` is never an ApiError. Runs
  // on any thread and must not use `random`.
  std::optional<ApiError> (*finish)(const ApiContext& context,
                                    const google::protobuf::Message& request, Reply& reply,
                                    google::protobuf::Message& response);
  // Adds the digests that a complete response may have (digests.h), or null. As `finish`.
  void (*add_digests)(const google::protobuf::Message& request,
                      google::protobuf::Message& response);
};

// All actions of SQS that this server has.
absl::Span<const Action> Actions();
// Those of operators: no actions of SQS, but the same in all else.
absl::Span<const Action> AdminActions();

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_ACTION_H_
