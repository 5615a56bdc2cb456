#ifndef TWINQ_TESTS_CRASH_CLIENTS_MESSAGE_SOURCE_H_
#define TWINQ_TESTS_CRASH_CLIENTS_MESSAGE_SOURCE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

#include "client/lib/producer.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "platform/mutex.h"
#include "platform/thread.h"
#include "sim/history/event.h"
#include "sim/history/recorder.h"

namespace twinq::crash {

// A message that a source has sent.
struct SourcedMessage {
  history::MessageName name = {};
  uint32_t group = 0;  // Of a FIFO queue.
  Timestamp asked_at = {};
  // When its outcome was known; the message is acknowledged if that was kDone.
  Timestamp answered_at = Timestamp::Infinite();
  history::Outcome outcome = history::Outcome::kUnknown;
};

// Sends messages to one queue by a client::Producer, at a steady rate, through all the server's
// crashes. On a standard queue a message whose answer was lost is not sent again.
//
// Thread-safety: one thread at a time.
class MessageSource {
 public:
  static constexpr history::ClientNumber kClient = 1;
  static constexpr uint32_t kGroups = 40;

  // Begins at once; the first message has the number `first`. Borrows the clock.
  MessageSource(const std::string& address, const std::string& queue, uint32_t first, uint64_t seed,
                const Clock& clock);
  ~MessageSource() { Stop(); }
  MessageSource(const MessageSource&) = delete;
  MessageSource& operator=(const MessageSource&) = delete;

  // Sends no more, and waits for the outcomes of what was sent. REQUIRES: there is a server.
  void Stop();

  // REQUIRES: stopped. The messages in the order of sending.
  const std::vector<SourcedMessage>& messages() const { return messages_; }
  // REQUIRES: stopped; called once.
  history::Recorder TakeRecorder() { return std::move(recorder_); }

 private:
  void SendAll();
  void SendOne() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteOutcome(size_t place, const client::Producer::Outcome& outcome);

  const Clock& clock_;
  const client::QueueKind kind_;
  const uint32_t first_;
  SeededRandom random_;
  platform::Mutex mutex_;
  platform::CondVar stopping_;
  bool is_stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<SourcedMessage> messages_;  // Guarded by `mutex_` until Stop().
  history::Recorder recorder_;            // The same.
  std::unique_ptr<client::Producer> producer_;
  platform::Thread thread_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_MESSAGE_SOURCE_H_
