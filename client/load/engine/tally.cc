#include "client/load/engine/tally.h"

#include <algorithm>

#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "core/base/check.h"

namespace twinq::load {

Tally::Tally(int producers, int groups) : groups_(groups) {
  TWINQ_CHECK(producers > 0 && groups > 0);
  messages_.resize(static_cast<size_t>(producers));
  newest_.assign(static_cast<size_t>(producers) * static_cast<size_t>(groups), -1);
}

void Tally::Sending(const MessageTag& tag) {
  std::vector<Message>& messages = messages_.at(static_cast<size_t>(tag.producer));
  TWINQ_CHECK(static_cast<size_t>(tag.number) == messages.size());
  messages.emplace_back();
}

void Tally::Sent(const MessageTag& tag) {
  TWINQ_CHECK(IsKnown(tag));
  Message& message = messages_[static_cast<size_t>(tag.producer)][static_cast<size_t>(tag.number)];
  if (message.is_sent) return;
  message.is_sent = true;
  ++counts_.sent;
  if (!message.is_delivered) ++counts_.lost;
}

absl::StatusOr<Tally::Delivery> Tally::Delivered(const MessageTag& tag,
                                                 absl::string_view message_id,
                                                 absl::Time received_at) {
  if (!IsKnown(tag)) {
    return absl::InvalidArgumentError(absl::StrCat("received message ", tag.number, " of producer ",
                                                   tag.producer, ", which nobody sent"));
  }
  ++counts_.delivered;
  const bool is_new_id = message_ids_.insert(absl::HashOf(message_id)).second;
  Message& message = messages_[static_cast<size_t>(tag.producer)][static_cast<size_t>(tag.number)];
  if (message.is_delivered) {
    ++(is_new_id ? counts_.stored_twice : counts_.delivered_again);
    return Delivery::kDuplicate;
  }
  message.is_delivered = true;
  if (message.is_sent) --counts_.lost;
  JudgeOrder(tag);
  end_to_end_.Record(received_at - tag.sent_at);
  return Delivery::kFirst;
}

bool Tally::IsKnown(const MessageTag& tag) const {
  return tag.producer >= 0 && static_cast<size_t>(tag.producer) < messages_.size() &&
         tag.group >= 0 && tag.group < groups_ && tag.number >= 0 &&
         static_cast<size_t>(tag.number) < messages_[static_cast<size_t>(tag.producer)].size();
}

void Tally::JudgeOrder(const MessageTag& tag) {
  int64_t& newest = newest_[static_cast<size_t>(tag.producer) * static_cast<size_t>(groups_) +
                            static_cast<size_t>(tag.group)];
  if (tag.number < newest) ++counts_.out_of_order;
  newest = std::max(newest, tag.number);
}

}  // namespace twinq::load
