#include "tests/core/queue/queue_script.h"

#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

#include "core/base/check.h"
#include "core/queue/fifo_queue.h"
#include "core/queue/standard_queue.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

constexpr QueueId kQueue{1};
constexpr int kNoBudget = std::numeric_limits<int>::max();

std::unique_ptr<Queue> NewQueue(QueueScript::Kind kind, MessageSlots& slots) {
  if (kind == QueueScript::Kind::kFifo) return std::make_unique<FifoQueue>(kQueue, slots);
  return std::make_unique<StandardQueue>(kQueue, slots);
}

absl::Duration Span(const std::string& text) {
  absl::Duration span;
  TWINQ_CHECK(absl::ParseDuration(text, &span));
  return span;
}

std::string Text(const std::optional<ApiErrorCode>& error) {
  return error.has_value() ? std::string(ApiErrorCodeName(*error)) : "ok";
}

}  // namespace

QueueScript::QueueScript(Kind kind, absl::Duration tick)
    : kind_(kind), tick_(tick), queue_(NewQueue(kind, slots_)), now_(At(absl::ZeroDuration())) {}

void QueueScript::Run(absl::string_view lines) {
  for (const absl::string_view line : absl::StrSplit(lines, '\n', absl::SkipWhitespace())) {
    const std::vector<absl::string_view> sides = absl::StrSplit(line, "=>");
    const std::string came = RunLine(absl::StripAsciiWhitespace(sides[0]));
    if (sides.size() > 1) {
      EXPECT_EQ(came, std::string(absl::StripAsciiWhitespace(sides[1]))) << "in the line:" << line;
    }
  }
  CheckReplay();
}

std::string QueueScript::RunLine(absl::string_view line) {
  now_ = now_ + tick_;
  queue_->EndDue(now_, kNoBudget);
  const std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
  const std::string& verb = words[0];
  std::string came;
  if (verb == "send") {
    came = Send({words.begin() + 1, words.end()});
  } else if (verb == "receive") {
    came = Receive(words);
  } else if (verb == "delete") {
    came = Text(queue_->Delete(now_, ReceiptOf(words[1]), sink_));
  } else if (verb == "change") {
    came = Text(queue_->ChangeVisibility(now_, ReceiptOf(words[1]), Span(words[2]), sink_));
  } else if (verb == "release") {
    queue_->Release(now_, ReceiptOf(words[1]), sink_);
  } else if (verb == "wait") {
    now_ = now_ + Span(words[1]);
  } else if (verb == "counts") {
    came = absl::StrCat(queue_->counts().available, " ", queue_->counts().in_flight);
  } else if (verb == "next") {
    const Timestamp next = queue_->NextDeadline();
    came = next == Timestamp::Infinite() ? "never" : absl::FormatDuration(next - now_);
  } else {
    ADD_FAILURE() << "no such step: " << line;
  }
  queue_->EndDue(now_, kNoBudget);
  return came;
}

std::string QueueScript::Send(const std::vector<std::string>& names) {
  std::string came;
  for (const std::string& word : names) {
    const std::vector<std::string> parts = absl::StrSplit(word, '=');
    NewMessage message = Message(sent_.size() + 1);
    if (kind_ == Kind::kFifo) {
      const std::vector<std::string> group = absl::StrSplit(parts[0], '-');
      message.group = Group(group[0]);
      message.dedup =
          Dedup(dedup_numbers_.emplace(parts.back(), dedup_numbers_.size()).first->second);
    }
    sent_.push_back({.name = parts[0], .id = message.id, .receipts = {}});
    last_sequence_ = last_sequence_.Next();
    const auto result = queue_->Send(now_, std::move(message), last_sequence_, sink_);
    const auto& stored = std::get<SentMessage>(result);
    came = "ok";
    if (stored.outcome == SentMessage::Outcome::kDuplicate) {
      came = absl::StrCat("duplicate of ", NameOf(stored.id));
      sent_.pop_back();
    }
  }
  return came;
}

std::string QueueScript::Receive(const std::vector<std::string>& words) {
  int messages_max = 0;
  TWINQ_CHECK(absl::SimpleAtoi(words[1], &messages_max));
  std::vector<Delivery> deliveries;
  const bool expects_some = queue_->HasDeliverable();
  queue_->Receive(now_, messages_max, words.size() > 2 ? Span(words[2]) : absl::Seconds(30), sink_,
                  deliveries);
  EXPECT_EQ(!deliveries.empty(), expects_some) << "HasDeliverable() is wrong";
  std::vector<std::string> names;
  for (const Delivery& delivery : deliveries) {
    names.push_back(NameOf(delivery.id));
    for (Sent& sent : sent_) {
      if (sent.id == delivery.id) sent.receipts.push_back(delivery.receipt);
    }
  }
  return absl::StrJoin(names, " ");
}

std::string QueueScript::NameOf(MessageId id) const {
  for (const Sent& sent : sent_) {
    if (sent.id == id) return sent.name;
  }
  return "unknown";
}

Receipt QueueScript::ReceiptOf(absl::string_view handle) const {
  const std::vector<std::string> parts = absl::StrSplit(handle, '/');
  for (const Sent& sent : sent_) {
    if (sent.name != parts[0]) continue;
    if (parts.size() == 1) return sent.receipts.back();
    size_t number = 0;
    TWINQ_CHECK(absl::SimpleAtoi(parts[1], &number));
    return sent.receipts.at(number - 1);
  }
  ADD_FAILURE() << "nothing was sent as " << handle;
  return {};
}

void QueueScript::CheckReplay() {
  MessageSlots slots;
  const std::unique_ptr<Queue> replayed = NewQueue(kind_, slots);
  sink_.ReplayInto(*replayed);
  replayed->EndDue(now_, kNoBudget);
  EXPECT_EQ(replayed->Dump(), queue_->Dump());
  EXPECT_EQ(replayed->counts(), queue_->counts());
  EXPECT_EQ(replayed->NextDeadline(), queue_->NextDeadline());
}

}  // namespace twinq
