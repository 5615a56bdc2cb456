#ifndef TWINQ_SIM_HISTORY_HISTORY_WRITER_H_
#define TWINQ_SIM_HISTORY_HISTORY_WRITER_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

#include "sim/history/event.h"
#include "sim/history/history.h"

namespace twinq::history {

// A history as text: a first line that names the format, one line for each event, in the order in
// which they were asked or happened, and one for the end. A line is a word, then fields
// `name=value` with single spaces between them:
//
//   twinq-history 1
//   send asked=5 answered=9 client=1 call=1 message=1:7 group=id/g dedup=own outcome=done id=…
//       sequence=3                                                 (all on one line)
//   delivery asked=10 answered=12 client=2 call=1 message=1:7 id=… sequence=3 count=1 handle=1
//       visibility=30000000000
//   delete asked=13 answered=never client=2 call=2 handle=1 outcome=unknown
//   change … handle=1 visibility=0 purpose=release outcome=done
//   receive … outcome=done                                         (brought nothing)
//   purge … outcome=done
//   incident at=20 what=server_crashed client=0
//   end at=99 remaining=0                                          (or remaining=unknown)
//
// Times are nanoseconds since 1970 and visibilities nanoseconds; message is PRODUCER:NUMBER; a
// deduplication id is `none`, `own` or `id/` and its text, a group `none` or `id/` and its text.
inline constexpr absl::string_view kFormatLine = "twinq-history 1";

// Gives the lines one after the other, each without its line break. `write` must not keep them.
void WriteHistory(const History& history, absl::FunctionRef<void(absl::string_view)> write);

// The line of one event of the history.
std::string LineOf(const Send& event, const History& history);
std::string LineOf(const Delivery& event, const History& history);
std::string LineOf(const EmptyReceive& event, const History& history);
std::string LineOf(const Delete& event, const History& history);
std::string LineOf(const VisibilityChange& event, const History& history);
std::string LineOf(const Purge& event, const History& history);
std::string LineOf(const Incident& event, const History& history);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_HISTORY_WRITER_H_
