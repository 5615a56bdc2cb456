#ifndef TWINQ_CLIENT_LOAD_ENGINE_PRODUCER_H_
#define TWINQ_CLIENT_LOAD_ENGINE_PRODUCER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "client/lib/queue_client.h"
#include "client/load/engine/measurements.h"
#include "client/load/engine/message_tag.h"
#include "client/load/engine/progress.h"
#include "client/load/engine/shared_chapter.h"
#include "sim/history/recorder.h"

namespace twinq::load {

// Sends messages for one chapter, each when it is due, and writes down every call.
//
// Thread-safety: one thread at a time.
// Lifetime: borrows all that its constructor is given.
class Producer {
 public:
  // `number` is the producer's, from 0; its recorder has the same.
  Producer(SharedChapter& chapter, Progress& progress, uint32_t number);

  // Until the chapter's time or messages are used up, or it has failed.
  void Run();

  const Measurements& measurements() const { return measurements_; }
  // REQUIRES: nothing is called any more.
  history::Recorder TakeRecorder() { return std::move(recorder_); }

 private:
  struct Draft {
    MessageTag tag;
    int group = 0;
    enum class Repeat : uint8_t { kNo, kYes } repeat = Repeat::kNo;
  };

  // The next messages, when all of them are due. Empty when there are no more.
  std::vector<Draft> NextDrafts();
  std::vector<Draft> NextWithRoom();
  std::vector<Draft> NextOfSchedule(double rate_per_s);
  // A range of numbers that nobody else has; fewer, or none, at the chapter's last.
  std::vector<Draft> TakeNumbers();
  absl::Status Send(const std::vector<Draft>& drafts);
  absl::StatusOr<history::CallTimes> SendOnce(const std::vector<Draft>& drafts);
  void Measure(const std::vector<Draft>& drafts, const history::CallTimes& times);

  SharedChapter& chapter_;
  Progress& progress_;
  const uint32_t number_;
  client::QueueClient client_;
  history::Recorder recorder_;
  Measurements measurements_;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_PRODUCER_H_
