#ifndef TWINQ_TESTS_SIM_HISTORY_HAND_WRITTEN_H_
#define TWINQ_TESTS_SIM_HISTORY_HAND_WRITTEN_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/model/queue_kind.h"
#include "sim/history/history.h"
#include "sim/history/judge.h"
#include "sim/history/recorder.h"

namespace twinq::history {

// From when to when a call lasted, in seconds.
struct Span {
  double asked = 0;
  double answered = 0;
};

// A history written down by a test: short names for what recorders are told. Times are seconds,
// message n is number n of producer 1, and its id and sequence number are n too, unless it is said
// otherwise.
class HandWritten {
 public:
  explicit HandWritten(QueueKind kind) : kind_(kind), recorder_(1) {}

  void Sent(uint32_t message, Span span) { SentAs(message, span, message); }
  void SentAs(uint32_t message, Span span, uint32_t id);
  void SentUnknown(uint32_t message, double asked);
  void SentRefused(uint32_t message, Span span);

  // By consumer 1; each is the message's next delivery.
  HandleNumber Received(uint32_t message, Span span, absl::Duration visibility = absl::Seconds(30));
  // By consumer 1: several messages in one answer. Returns the handle of the first.
  HandleNumber ReceivedAll(const std::vector<uint32_t>& messages, Span span,
                           absl::Duration visibility = absl::Seconds(30));
  // Any other delivery.
  HandleNumber Deliver(const ReceivedMessage& message, Span span, absl::Duration visibility);
  void ReceiveLost(double asked);

  void Deleted(HandleNumber handle, Span span) { Delete(handle, span, Outcome::kDone); }
  void Delete(HandleNumber handle, Span span, Outcome outcome);
  void Change(HandleNumber handle, Span span, absl::Duration visibility,
              Outcome outcome = Outcome::kDone);
  void Release(HandleNumber handle, Span span, absl::Duration visibility = absl::ZeroDuration());
  void Purge(Span span, Outcome outcome = Outcome::kDone);
  void Happened(Incident::Kind kind, double at, ClientNumber client = 0);

  // The judgement of a queue that keeps what this kind promises. REQUIRES: called once. The end is
  // an hour after the beginning.
  Judgement Judged(uint64_t remaining = 0) { return JudgedBy({.kind = kind_}, remaining); }
  Judgement JudgedBy(const Promises& promises, uint64_t remaining = 0);

  static MessageId IdOf(uint32_t number) { return MessageId::FromBits(1, number); }

 private:
  ReceivedMessage Next(uint32_t message);

  QueueKind kind_;
  Recorder recorder_;
  std::vector<uint32_t> counts_ = std::vector<uint32_t>(100, 0);  // By message.
};

}  // namespace twinq::history

#endif  // TWINQ_TESTS_SIM_HISTORY_HAND_WRITTEN_H_
