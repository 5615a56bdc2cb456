#ifndef TWINQ_SIM_HISTORY_HISTORY_H_
#define TWINQ_SIM_HISTORY_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "core/base/timestamp.h"
#include "sim/history/event.h"

namespace twinq::history {

// What was found when nobody sent, received or deleted any more.
struct End {
  Timestamp at = {};
  // Messages still in the queue: visible, in flight or delayed. 0 if the queue was drained:
  // received and deleted until nothing came for longer than any visibility timeout and delay. None
  // if nobody looked; then nothing can be called lost.
  std::optional<uint64_t> remaining = std::nullopt;

  friend bool operator==(const End&, const End&) = default;
};

// What happened to one queue, as its clients saw it. Made by recorders or read from text.
struct History {
  // Each in the order in which the calls were asked; those of one instant as they were recorded.
  std::vector<Send> sends;
  std::vector<Delivery> deliveries;
  std::vector<EmptyReceive> empty_receives;
  std::vector<Delete> deletes;
  std::vector<VisibilityChange> changes;
  std::vector<Purge> purges;
  std::vector<Incident> incidents;
  std::vector<std::string> names;  // Those of NameId 1, 2, …
  End end;

  size_t events() const;
  // REQUIRES: the id is neither kNone nor kOwn, and one of this history.
  absl::string_view NameText(NameId id) const;
};

// Puts the events into the order that a history has.
void SortByTime(History& history);

// InvalidArgument, saying what is wrong, unless every answer comes after its question, an unknown
// outcome has no answer and any other has one, every name is known, every handle was issued by
// exactly one delivery, and the end comes last.
absl::Status Validate(const History& history);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_HISTORY_H_
