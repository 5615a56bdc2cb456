#ifndef TWINQ_TESTS_CRASH_CONSUMER_H_
#define TWINQ_TESTS_CRASH_CONSUMER_H_

#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "sim/history/recorder.h"
#include "tests/crash/recorded_client.h"
#include "tests/crash/shared_queue.h"

namespace twinq::crash {

// Receives and deletes a queue's messages until its phase is kEnded, through all the server's
// crashes.
//
// While the phase is kSending it leaves some messages to their visibility timeout, gives some back,
// and keeps some for a while, so that handles of before a crash are used after it.
class Consumer {
 public:
  // Borrows `queue`.
  Consumer(SharedQueue& queue, uint32_t number, uint64_t seed);

  void Run();
  // REQUIRES: Run() has ended.
  history::Recorder TakeRecorder() { return client_.TakeRecorder(); }

 private:
  // A message that is deleted later.
  struct Kept {
    Held message;
    Timestamp until;
  };

  bool IsSending() const { return queue_.phase == SharedQueue::Phase::kSending; }
  Wish NewWish();
  void Handle(std::vector<Held> messages);
  // True if the message is not to be deleted now.
  bool PutAside(const Held& message);
  void Keep(const Held& message, absl::Duration span_max);
  void Delete(std::vector<Held> messages);
  void DeleteKept();

  SharedQueue& queue_;
  SeededRandom random_;
  RecordedClient client_;
  std::vector<Kept> kept_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CONSUMER_H_
