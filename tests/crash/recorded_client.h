#ifndef TWINQ_TESTS_CRASH_RECORDED_CLIENT_H_
#define TWINQ_TESTS_CRASH_RECORDED_CLIENT_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"

#include "sim/history/event.h"
#include "sim/history/recorder.h"
#include "tests/crash/service_client.h"
#include "tests/crash/shared_queue.h"

namespace twinq::crash {

// A message as its producer sends it; each attempt is the same.
struct Draft {
  history::MessageName name = {};
  std::string group;      // Empty on standard queues.
  int delay_seconds = 0;  // 0 on FIFO queues.
  size_t body_bytes = 0;
};

// What a receive asks for.
struct Wish {
  int messages_max = 1;
  int visibility_seconds = kVisibilitySecondsMin;
  int wait_seconds = 0;
  absl::Duration patience = kPatience;  // Beyond the wait.
};

// A message in a consumer's hands.
struct Held {
  history::MessageName name = {};
  history::HandleNumber handle = history::HandleNumber::kNone;
  std::string receipt_handle;
};

// One client of one queue, whose every call is written down for the judge.
//
// Thread-safety: one thread at a time.
class RecordedClient {
 public:
  // Borrows `queue`. `number` is the client's, and its recorder's.
  RecordedClient(SharedQueue& queue, history::ClientNumber number);

  // One message by a single call, several by a batch. The outcome of each.
  std::vector<history::Outcome> Send(absl::Span<const Draft> drafts,
                                     absl::Duration patience = kPatience);
  // Empty if there was nothing, or no answer.
  std::vector<Held> Receive(const Wish& wish);
  // One message by a single call, several by a batch. The outcome of each.
  std::vector<history::Outcome> Delete(absl::Span<const Held> messages);
  void ChangeVisibility(const Held& message, int seconds,
                        history::VisibilityChange::Purpose purpose);

  // REQUIRES: nothing is called any more.
  history::Recorder TakeRecorder() { return std::move(recorder_); }

 private:
  history::SentMessage SendOne(const Draft& draft, absl::Duration patience,
                               history::CallTimes& times);
  std::vector<history::SentMessage> SendBatch(absl::Span<const Draft> drafts,
                                              absl::Duration patience, history::CallTimes& times);
  history::SentMessage Entry(const Draft& draft);
  history::Outcome DeleteOne(const Held& message);
  std::vector<history::Outcome> DeleteBatch(absl::Span<const Held> messages);
  void CountDelete(const Held& message, history::Outcome outcome);
  void Count(history::Outcome outcome);

  SharedQueue& queue_;
  const history::ClientNumber number_;
  ServiceClient service_;
  history::Recorder recorder_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_RECORDED_CLIENT_H_
