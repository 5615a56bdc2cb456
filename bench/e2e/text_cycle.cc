#include "bench/e2e/text_cycle.h"

#include <utility>

#include "absl/status/status.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq::bench {

TextCycle::TextCycle(std::unique_ptr<QueueDialect> dialect, size_t body_bytes, int burst)
    : dialect_(std::move(dialect)), burst_(burst) {
  TWINQ_CHECK(burst >= 1);
  const std::string send = dialect_->Send(std::string(body_bytes, 'x'));
  for (int i = 0; i < burst; ++i) {
    sends_ += send;
    receives_ += dialect_->Receive();
  }
  commands_ = sends_;
}

absl::StatusOr<TextCycle::Answered> TextCycle::Take(absl::string_view bytes) {
  unread_.append(bytes.data(), bytes.size());
  absl::string_view rest = unread_;
  while (answers_ < burst_) {
    TWINQ_ASSIGN_OR_RETURN(const QueueDialect::Answer answer, dialect_->Read(rest));
    if (answer.bytes == 0) break;
    if (step_ == Step::kReceive) handles_.emplace_back(answer.handle);
    rest.remove_prefix(answer.bytes);
    ++answers_;
  }
  unread_.erase(0, unread_.size() - rest.size());
  if (answers_ < burst_) return Answered::kInPart;
  if (!unread_.empty()) return absl::FailedPreconditionError("more answers than commands");
  GoOn();
  return Answered::kInFull;
}

void TextCycle::GoOn() {
  answers_ = 0;
  switch (step_) {
    case Step::kSend:
      step_ = Step::kReceive;
      commands_ = receives_;
      return;
    case Step::kReceive:
      step_ = Step::kAcknowledge;
      commands_.clear();
      for (const std::string& handle : handles_) commands_ += dialect_->Acknowledge(handle);
      handles_.clear();
      return;
    case Step::kAcknowledge:
      messages_ += burst_;
      step_ = Step::kSend;
      commands_ = sends_;
      return;
  }
}

}  // namespace twinq::bench
