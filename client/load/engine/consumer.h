#ifndef TWINQ_CLIENT_LOAD_ENGINE_CONSUMER_H_
#define TWINQ_CLIENT_LOAD_ENGINE_CONSUMER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"

#include "client/lib/queue_client.h"
#include "client/load/engine/delivered_numbers.h"
#include "client/load/engine/measurements.h"
#include "client/load/engine/message_tag.h"
#include "client/load/engine/progress.h"
#include "client/load/engine/shared_chapter.h"
#include "core/base/random.h"
#include "sim/history/recorder.h"

namespace twinq::load {

// Receives, handles and deletes messages for one chapter, and writes down every call. When it
// crashes its connection is closed and another consumer takes its place, in the same thread.
//
// Thread-safety: one thread at a time.
// Lifetime: borrows all that its constructor is given.
class Consumer {
 public:
  // `recorder` is the number of its recorder, and `seed` of what redeliveries meet.
  Consumer(SharedChapter& chapter, Progress& progress, uint32_t recorder, uint64_t seed);

  // Until the chapter is drained, or has failed.
  void Run();

  const Measurements& measurements() const { return measurements_; }
  // REQUIRES: nothing is called any more.
  history::Recorder TakeRecorder() { return std::move(recorder_); }

 private:
  enum class Fate : uint8_t { kDeleted, kAckLost, kConsumerCrashes };

  // A message in its hands.
  struct Held {
    std::string receipt_handle;
    history::HandleNumber handle = history::HandleNumber::kNone;
    Fate fate = Fate::kDeleted;
  };

  absl::Status ReceiveOnce();
  absl::StatusOr<std::vector<Held>> Record(const std::vector<client::ReceivedMessage>& messages,
                                           const history::CallTimes& times);
  Fate Meet(const std::optional<MessageTag>& tag, Timestamp received_at);
  Fate DrawFate(Random& random);
  absl::Status Handle(const std::vector<Held>& messages);
  // All in one call. REQUIRES: there are some.
  absl::Status Delete(absl::Span<const Held> messages);
  void Crash();

  SharedChapter& chapter_;
  Progress& progress_;
  history::ClientNumber number_;
  SeededRandom random_;
  client::QueueClient client_;
  history::Recorder recorder_;
  Measurements measurements_;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_CONSUMER_H_
