#include "core/queue/message_dump.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "core/base/check.h"

namespace twinq {
namespace {

absl::string_view StateText(MessageSlot::State state) {
  switch (state) {
    case MessageSlot::State::kFree:
      return " free";
    case MessageSlot::State::kDelayed:
      return " delayed";
    case MessageSlot::State::kAvailable:
      return " available";
    case MessageSlot::State::kInFlight:
      return " in flight";
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

}  // namespace

std::string DumpMessage(uint32_t index, const MessageSlot& slot, const GroupId& group) {
  std::string line = absl::StrCat(
      "message slot=", index, " sequence=", slot.sequence.value(), " id=", slot.id.ToText(),
      " sent=", slot.sent_at.nanos(), " bytes=", static_cast<uint32_t>(slot.body_bytes),
      " received=", slot.receive_count, " available_at=", slot.available_at.nanos());
  if (slot.receive_count > 0) absl::StrAppend(&line, " first_ms=", slot.first_received_after_ms);
  if (!group.empty()) absl::StrAppend(&line, " group=", group.text());
  absl::StrAppend(&line, StateText(slot.state), "\n");
  return line;
}

}  // namespace twinq
