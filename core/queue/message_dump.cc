#include "core/queue/message_dump.h"

#include "absl/strings/str_cat.h"

namespace twinq {

std::string DumpMessage(uint32_t index, const MessageSlot& slot, const GroupId& group) {
  std::string line = absl::StrCat("message slot=", index, " sequence=", slot.sequence.value(),
                                  " id=", slot.id.ToText(), " sent=", slot.sent_at.nanos(),
                                  " bytes=", slot.body_bytes, " received=", slot.receive_count);
  if (slot.receive_count > 0) {
    absl::StrAppend(&line, " first=", slot.first_received_at.nanos(),
                    " visible=", slot.visible_at.nanos());
  }
  if (!group.empty()) absl::StrAppend(&line, " group=", group.text());
  absl::StrAppend(&line,
                  slot.state == MessageSlot::State::kInFlight ? " in flight\n" : " available\n");
  return line;
}

}  // namespace twinq
