#ifndef TWINQ_TESTS_CRASH_PRODUCER_H_
#define TWINQ_TESTS_CRASH_PRODUCER_H_

#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "sim/history/recorder.h"
#include "tests/crash/recorded_client.h"
#include "tests/crash/shared_queue.h"

namespace twinq::crash {

// Sends messages to a queue for as long as its phase is kSending, through all the server's crashes.
//
// A message without an answer is sent again: on a FIFO queue until there is one, for that is what
// deduplication is for; on a standard queue perhaps. Now and then FIFO messages are sent again that
// were acknowledged, also before a crash.
class Producer {
 public:
  // Borrows `queue`. `number` is that of the client and of the producer.
  Producer(SharedQueue& queue, uint32_t number, uint64_t seed);

  void Run();
  // REQUIRES: Run() has ended.
  history::Recorder TakeRecorder() { return client_.TakeRecorder(); }

 private:
  // A message that was acknowledged, and when it was first sent.
  struct Recent {
    Draft draft;
    Timestamp sent_at;
  };

  bool IsSending() const { return queue_.phase == SharedQueue::Phase::kSending; }
  std::vector<Draft> NewDrafts();
  Draft NewDraft();
  void SendUntilAnswered(std::vector<Draft> drafts);
  void Remember(const Draft& draft, Timestamp sent_at);
  void SendRecentAgain();
  absl::Duration Patience();

  SharedQueue& queue_;
  const uint32_t number_;
  SeededRandom random_;
  RecordedClient client_;
  uint32_t messages_ = 0;
  std::vector<Recent> recent_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_PRODUCER_H_
