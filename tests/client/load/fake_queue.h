#ifndef TWINQ_TESTS_CLIENT_LOAD_FAKE_QUEUE_H_
#define TWINQ_TESTS_CLIENT_LOAD_FAKE_QUEUE_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"

#include "platform/mutex.h"
#include "tests/client/scripted_server.h"

namespace twinq {

// A server's one queue, just good enough to be judged: first in, first out, each message given out
// once, without waiting. With a dedup id it is FIFO. A fault makes it break one promise.
//
// Thread-safety: its script may be called from any thread.
class FakeQueue {
 public:
  enum class Fault {
    kNone,
    kLosesAMessage,    // The tenth.
    kForgetsDedupIds,  // Stores repeated sends.
    kSwapsMessages,    // Gives the youngest first.
    kInventsAMessage,
    kRefusesReceives,
    kExpiresHandles,  // Refuses deletes as of FIFO handles whose visibility has ended.
  };

  explicit FakeQueue(Fault fault) : fault_(fault) {}

  // Handlers that borrow this queue.
  ScriptedServer::Script Script();

  int created() const;
  int deleted() const;  // Queues, not messages.

 private:
  absl::Status Create(v1::CreateQueueResponse& response);
  absl::Status Send(const v1::SendMessageRequest& request, v1::SendMessageResponse& response);
  absl::Status Receive(const v1::ReceiveMessageRequest& request,
                       v1::ReceiveMessageResponse& response);
  absl::Status Delete() const;

  const Fault fault_;
  mutable platform::Mutex mutex_;
  std::deque<v1::Message> messages_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::string> message_ids_ ABSL_GUARDED_BY(mutex_);  // By dedup id.
  int64_t sent_ ABSL_GUARDED_BY(mutex_) = 0;
  int created_ ABSL_GUARDED_BY(mutex_) = 0;
  int deleted_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_CLIENT_LOAD_FAKE_QUEUE_H_
