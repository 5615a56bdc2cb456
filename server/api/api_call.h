#ifndef TWINQ_SERVER_API_API_CALL_H_
#define TWINQ_SERVER_API_API_CALL_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "broker/command_sink.h"
#include "core/model/api_error.h"
#include "server/api/action.h"
#include "server/metrics/call_metrics.h"

namespace twinq::api {

// Whether an answer has the digests that clients may compare with their own.
enum class Digests : uint8_t { kOmitted, kAdded };

// One call of an action, from its parsed request to its response: the part of a call that is the
// same for every protocol. A front end derives from it.
//
//   Start() ─► refused or answered ───────────────────────────► OnDone() ─► Forget()
//           └► command submitted ─► (Cancel()) ─► reply ─────────┘  └─► Undelivered() ─┘
//
// Thread-safety: Start() and Cancel() on the front-end thread of the context; OnDone() comes
// exactly once per Start(), on any thread, perhaps before Start() returns. It must not block.
// Lifetime: borrows the context. Request and response live at least until OnDone(), the call itself
// until any Cancel() has returned, too.
class ApiCall : private PendingCommand {
 public:
  // Its calls are counted by `counters`, those of the action that it always starts; null: nobody
  // counts.
  explicit ApiCall(ApiContext& context, metrics::CallCounters* counters = nullptr)
      : context_(context), counters_(counters) {}

  void Start(const Action& action, const google::protobuf::Message& request,
             google::protobuf::Message& response, Digests digests = Digests::kOmitted);
  // Instead of Start(), when the request was refused before it was one.
  void Refuse(const ApiError& error);
  // Nobody waits for the answer any longer, or the client's deadline is over: a waiting receive
  // ends now, and messages that it may already have been given are released.
  void Cancel();
  // The response could not be handed to the transport: messages in it are released, as by
  // visibility 0, their receive still counted. Call after OnDone() at most once.
  void Undelivered();
  // The call is over, whatever became of its response: lets go of the reply, and of what the call
  // has of the transit budget.
  void Forget();

 protected:
  // Takes so many bytes of the transit budget until Forget(). False: there is no room.
  bool Reserve(uint64_t bytes);
  // What tells the connection of this call from others. Any thread, until OnDone().
  virtual std::string connection() const = 0;
  // The response is filled in, or the call was refused.
  virtual void OnDone(const std::optional<ApiError>& error) = 0;

 private:
  void OnReply() final;
  // The reply has messages: those of a cancelled call, and those for which the transit budget has
  // no room, are released. Why the call is refused, if it is.
  std::optional<ApiError> Admit(MessagesReceived& received);
  void Begin();
  void End(const std::optional<ApiError>& error);

  ApiContext& context_;
  metrics::CallCounters* const counters_;
  absl::Time begun_;  // If somebody counts.
  const Action* action_ = nullptr;
  const google::protobuf::Message* request_ = nullptr;
  google::protobuf::Message* response_ = nullptr;
  Digests digests_ = Digests::kOmitted;
  // Of the transit budget: of the request, and of the messages for a connection.
  uint64_t reserved_bytes_ = 0;
  uint64_t answer_bytes_ = 0;
  std::string connection_;
  std::atomic<bool> is_cancelled_{false};
};

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_API_CALL_H_
