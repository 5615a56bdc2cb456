#ifndef TWINQ_TESTS_MODELS_STEP_SCRIPT_H_
#define TWINQ_TESTS_MODELS_STEP_SCRIPT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/model/queue_kind.h"
#include "tests/models/queue_steps.h"

namespace twinq::model {

// What happens to one queue, told in lines: a step, and behind "=>" what must come of it. A file
// holds any number of scripts; "#" begins a comment.
//
//   row F1, the first released     begins a script and names it
//   queue fifo delay=5s            its queue, standard or fifo, made with these attributes: delay,
//                                  bytes_max, retention, receive_wait, visibility,
//                                  content_dedup=on|off, dedup_scope=queue|group. Also, if given:
//                                  in_flight_max=3, and `exact`, if no time may pass between lines
//   send g-m1 h-m1=x               messages by name. The group is what is before "-", and the
//                                  deduplication id what is behind "=", else the name; nothing
//                                  behind "=" stands for no id. Behind "~" is what the body says,
//                                  else the name: g-m1=~hello. More in brackets, without spaces:
//                                  m1[group=g,bytes=1025,delay=5s,malformed=InvalidMessageContents]
//   receive 10 30s wait=20s as w1  at most ten, invisible for 30 s, waiting as w1 if need be. All
//                                  but the verb may be left out: `receive` takes one
//   delete m1 m2/1 other-queue     with the newest handle of m1, the first of m2, and one that is
//                                  genuine, but another queue's
//   change m1 60s m2/1 0s          the visibility, of each
//   release m1                     the answer with the newest delivery of m1 never left
//   cancel w1                      the receive waits no longer
//   set delay=5s retention=60s     attributes, as in `queue`
//   purge
//   look                           does nothing
//   +29.5s purge                   time passes, then the step is taken; `wait 29.5s` is `+29.5s
//   look`
//
// What came is told in parts, with ";" between them:
//
//   ok, duplicate of g-m1, MessageTooLong    of a send, delete or change, one per entry; one alone
//                                            is that of every entry. No part: all are ok
//   m1 m2*3 m4{sent=0s,first=5s}             of a receive, in this order. Where asked: the receive
//                                            count; when it was sent and first received, as spans
//                                            since the script began; its group
//   nothing | waits                          of a receive
//   refused TooManyInFlight                  the request as a whole
//   w1: m1 m2 | w1: nothing                  a receive that waited was answered. All who were, in
//                                            the order in which they were
//   counts 1 2 0                             available, in flight and delayed, after the step
//   next 30s | next never                    how far away the next deadline is then
//
// Without "=>" nothing is asked, but that nothing is refused and nobody answered.
struct ScriptLine {
  int number = 0;                               // In its file, from 1.
  std::string text;                             // As written, without the comment.
  absl::Duration pause = absl::ZeroDuration();  // Time that passes first.
  Step step = Look{};                           // A handle's delivery 0 stands for the newest.
  std::optional<std::string> expected = {};
};

struct StepScript {
  // Whether a little time may pass between the lines: a clock may stand still or not.
  enum class Time : uint8_t { kMayPass, kStandsStill };

  std::string title;
  QueueKind kind = QueueKind::kStandard;
  QueueSetup setup;
  Time time = Time::kMayPass;
  std::vector<ScriptLine> lines;
};

// When every script begins: 2023-11-14 22:13:20 UTC.
inline constexpr Timestamp kScriptBegin = Timestamp::FromNanos(1'700'000'000'000'000'000);

// The delivery number of the newest handle, in a script.
inline constexpr uint32_t kNewestDelivery = 0;

// InvalidArgument, with the file's name and the line, if `text` does not follow the language above,
// or holds no script.
absl::StatusOr<std::vector<StepScript>> ParseScripts(absl::string_view text,
                                                     absl::string_view file_name);

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_STEP_SCRIPT_H_
