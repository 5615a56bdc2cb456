#ifndef TWINQ_CLIENT_CLI_LINE_SENDER_H_
#define TWINQ_CLIENT_CLI_LINE_SENDER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"

#include "client/lib/producer.h"
#include "platform/mutex.h"

namespace twinq::cli {

// Sends lines as messages, many under way at once, and tells what became of them in the order of
// the lines.
//
// Errors: a line that is refused by itself is told and the others go on. Any other failure (no such
// queue, no server) ends the sending: later lines are not sent.
// Thread-safety: one thread; `tell` is called from others too, one at a time.
// Cost: memory for what a Producer holds at most, and for the outcomes of kUntoldMax lines.
class LineSender {
 public:
  // Lines that are sent and not told: beyond them Send() waits, for the first of them may be tried
  // for long while others are through.
  static constexpr size_t kUntoldMax = 20'000;

  using Outcome = client::Producer::Outcome;
  // Of a line, from 1.
  using Tell = std::function<void(int64_t line, const Outcome& outcome)>;

  // All messages get the options.
  LineSender(const std::shared_ptr<grpc::ChannelInterface>& channel, const std::string& queue,
             client::SendOptions options, Tell tell);

  // The failure that ended the sending, if one has.
  absl::Status Send(std::string line);

  // Waits for the outcomes of all lines. The failure that ended the sending, if one has.
  absl::Status Finish();

 private:
  void Note(int64_t line, Outcome outcome);
  void TellNext(const Outcome& outcome) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const client::SendOptions options_;
  const Tell tell_;
  int64_t lines_ = 0;
  platform::Mutex mutex_;
  platform::CondVar told_some_;
  int64_t told_ ABSL_GUARDED_BY(mutex_) = 0;
  // Of the lines behind those that were told; nothing where it is still to come.
  std::deque<std::optional<Outcome>> outcomes_ ABSL_GUARDED_BY(mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  client::Producer producer_;  // Last: its threads call Note().
};

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_LINE_SENDER_H_
