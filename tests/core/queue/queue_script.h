#ifndef TWINQ_TESTS_CORE_QUEUE_QUEUE_SCRIPT_H_
#define TWINQ_TESTS_CORE_QUEUE_QUEUE_SCRIPT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/queue/message_slots.h"
#include "core/queue/queue.h"
#include "tests/support/recording_sink.h"

namespace twinq {

// What happens to one queue, told in lines: a step, and behind "=>" what must come of it.
//
//   send g1-m1 g2-m1=x     messages by name; the group is what is before "-", the deduplication id
//   what is
//                          behind "=", else the name. => "ok" or "duplicate of NAME", of the last
//   receive 10 30s         at most ten, for 30 s. => the names, in order
//   delete g1-m1           with the newest handle; g1-m1/1 is the first. => "ok" or the error
//   change g1-m1 60s       the visibility. => "ok" or the error
//   release g1-m1          as for an answer that never left
//   wait 29.5s             time passes, and what is due is done
//   counts                 => available and in flight: "2 1"
//   next                   => span from now to the next deadline, or "never"
//
// Time stands still except for "wait" and, if asked for, a tick before each line.
class QueueScript {
 public:
  enum class Kind : uint8_t { kStandard, kFifo };

  explicit QueueScript(Kind kind, absl::Duration tick = absl::ZeroDuration());

  // Adds a failure for each line that comes out otherwise, and for a queue that its own records do
  // not rebuild.
  void Run(absl::string_view lines);

 private:
  struct Sent {
    std::string name;
    MessageId id;
    std::vector<Receipt> receipts;
  };

  std::string RunLine(absl::string_view line);
  std::string Send(const std::vector<std::string>& names);
  std::string Receive(const std::vector<std::string>& words);
  std::string NameOf(MessageId id) const;
  Receipt ReceiptOf(absl::string_view handle) const;
  void CheckReplay();

  const Kind kind_;
  const absl::Duration tick_;
  MessageSlots slots_;
  std::unique_ptr<Queue> queue_;
  RecordingSink sink_;
  Timestamp now_;
  SequenceNumber last_sequence_;
  std::vector<Sent> sent_;
  std::map<std::string, uint64_t> dedup_numbers_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_CORE_QUEUE_QUEUE_SCRIPT_H_
