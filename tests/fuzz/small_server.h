#ifndef TWINQ_TESTS_FUZZ_SMALL_SERVER_H_
#define TWINQ_TESTS_FUZZ_SMALL_SERVER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "broker/command_sink.h"
#include "broker/shard.h"
#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "journal/memory_journal.h"
#include "server/api/action.h"
#include "server/api/api_call.h"
#include "server/api/backend.h"

namespace twinq::api {

// A call from its bytes on.
class BytesCall : public ApiCall {
 public:
  BytesCall(ApiContext& context, const Action& action);

  // Does what a front end does with the bytes of a request.
  void Begin(absl::string_view bytes, Digests digests);

  const Action& action() const { return action_; }
  bool is_done() const { return is_done_; }
  // REQUIRES of both: is_done().
  const std::optional<ApiError>& error() const { return error_; }
  const google::protobuf::Message& response() const { return *response_; }

 private:
  void OnDone(const std::optional<ApiError>& error) override;
  std::string connection() const override { return "fuzz"; }

  const Action& action_;
  const std::unique_ptr<google::protobuf::Message> request_;
  const std::unique_ptr<google::protobuf::Message> response_;
  bool is_done_ = false;
  std::optional<ApiError> error_;
};

// The API over a shard in one thread: a command is executed, synced and answered within Submit(),
// and time passes only when it is told to.
class SmallServer : public CommandSink {
 public:
  SmallServer();
  // REQUIRES: no call is under way.
  ~SmallServer() override;

  ApiContext& context() { return context_; }
  MemoryAccounts memory() const { return shard_->memory(); }

  // Does what comes due, in slices. A negative span is a clock that was set back.
  void Pass(absl::Duration span);
  // Another shard takes over from the journal. REQUIRES: no call is under way.
  void Restart();

  absl::Status Submit(PendingCommand& command) override;
  void Cancel(PendingCommand& command) override;
  std::shared_ptr<const Directory> directory() const override { return shard_->directory(); }

 private:
  std::unique_ptr<Shard> StartedShard();
  void Answer();

  MemoryJournal journal_;
  Timestamp now_;
  std::unique_ptr<Shard> shard_;
  SeededRandom random_{1};
  Backend backend_;
  ApiContext context_;
};

}  // namespace twinq::api

#endif  // TWINQ_TESTS_FUZZ_SMALL_SERVER_H_
