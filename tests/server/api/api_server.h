#ifndef TWINQ_TESTS_SERVER_API_API_SERVER_H_
#define TWINQ_TESTS_SERVER_API_API_SERVER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"

#include "proto/twinq/v1/queue.pb.h"

#include "core/base/random.h"
#include "core/model/limits.h"
#include "journal/journal.h"
#include "server/api/action.h"
#include "server/api/api_call.h"
#include "server/api/backend.h"
#include "tests/server/runtime/running_shard.h"

namespace twinq::api {

// A call as a front end makes it, which can be waited for.
class TestCall : public ApiCall {
 public:
  TestCall(ApiContext& context, ReplyBoard& board, metrics::CallCounters* counters = nullptr)
      : ApiCall(context, counters), board_(board) {}

  void Await();
  int times_done() const;
  // REQUIRES: Await() has returned.
  const std::optional<ApiError>& error() const { return error_; }

 private:
  void OnDone(const std::optional<ApiError>& error) override;
  std::string connection() const override { return "test"; }

  ReplyBoard& board_;
  int times_done_ ABSL_GUARDED_BY(board_.mutex) = 0;
  std::optional<ApiError> error_;
};

// The action of this name, of SQS or of operators. REQUIRES: there is one.
const Action& ActionNamed(absl::string_view name);

// Of each value in the text of an error, as over gRPC.
inline constexpr size_t kEchoedBytesMax = 1'024;

// The API over a real shard, whose clock stands still.
class ApiServer {
 public:
  explicit ApiServer(Journal& journal, size_t inbox_commands_max = kInboxCommandsMax);

  // Calls the action whose request this is. Nothing, and the response is filled in, or the refusal.
  std::optional<ApiError> Call(const google::protobuf::Message& request,
                               google::protobuf::Message& response,
                               Digests digests = Digests::kOmitted);
  // As above, of a request in protobuf's text form.
  std::optional<ApiError> CallWithText(absl::string_view action, const std::string& request);

  // Calls that must succeed. A name that ends in ".fifo" makes a FIFO queue; FIFO messages have
  // their body as deduplication id.
  std::string CreateQueue(const std::string& name,
                          const std::map<std::string, std::string>& attributes = {});
  v1::SendMessageResponse Send(const std::string& queue, const std::string& body);
  v1::SendMessageResponse SendToGroup(const std::string& queue, const std::string& group,
                                      const std::string& body);
  std::vector<v1::Message> Receive(const std::string& queue, int messages_max = 10);
  // The bodies that a receive of up to ten gets.
  std::vector<std::string> ReceiveBodies(const std::string& queue);
  // Which delivery of its message the handle stands for: 1 for the first receive.
  uint32_t DeliveryOf(const v1::Message& message) const;

  ReplyBoard& board() { return shard.board; }

  RunningShard shard;
  SeededRandom random{1};
  Backend backend;
  ApiContext context;
};

}  // namespace twinq::api

#endif  // TWINQ_TESTS_SERVER_API_API_SERVER_H_
