#ifndef TWINQ_BENCH_E2E_TEXT_CYCLE_H_
#define TWINQ_BENCH_E2E_TEXT_CYCLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "bench/e2e/queue_dialect.h"

namespace twinq::bench {

// What one connection says, over and over: some sends at once, as many receives, as many
// acknowledgements of what has come. A message ends with the answer to its acknowledgement.
//
//   kSend ──► kReceive ──► kAcknowledge ──► kSend …   an arrow when every command is answered
class TextCycle {
 public:
  // REQUIRES: `burst` is at least 1.
  TextCycle(std::unique_ptr<QueueDialect> dialect, size_t body_bytes, int burst);

  // The commands to write now; the cycle's, until they are answered.
  const std::string& commands() const { return commands_; }

  // Takes bytes that the server has sent. kInFull: they held the last answer to the commands, and
  // commands() are the next. An error is the dialect's, and final.
  enum class Answered : uint8_t { kInPart, kInFull };
  absl::StatusOr<Answered> Take(absl::string_view bytes);

  int64_t messages() const { return messages_; }

 private:
  enum class Step : uint8_t { kSend, kReceive, kAcknowledge };

  void GoOn();

  const std::unique_ptr<QueueDialect> dialect_;
  const int burst_;
  std::string sends_;
  std::string receives_;
  Step step_ = Step::kSend;  // Of the commands that are not answered yet.
  std::string commands_;
  std::string unread_;
  std::vector<std::string> handles_;
  int answers_ = 0;  // To them, so far.
  int64_t messages_ = 0;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_E2E_TEXT_CYCLE_H_
