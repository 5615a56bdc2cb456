#ifndef TWINQ_TESTS_BROKER_BROKER_DRIVER_H_
#define TWINQ_TESTS_BROKER_BROKER_DRIVER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "broker/broker.h"
#include "broker/command.h"

namespace twinq {

// A broker under a test's hand: time moves by Wait() only, messages are numbers, answers are text.
//
//   driver.Send(queue, 1);                                   // "ok"
//   driver.Receive(queue, {.visibility = absl::Seconds(5)})  // "1", or "waits", or "nothing"
//   driver.TakeAnswers()                                     // {"1: 2@5s"}: to waiter 1, message
//   2,
//                                                            // received 5 s after the beginning
class BrokerDriver {
 public:
  BrokerDriver();

  Timestamp now() const { return now_; }
  void Wait(absl::Duration span) { now_ = now_ + span; }

  std::optional<Reply> Do(Command command);
  // Does what is due and returns how far away the next deadline is; negative or zero: work remains.
  absl::Duration Advance(int budget = 1'000'000);

  QueueId Create(absl::string_view name, const GivenQueueAttributes& attributes = {});
  // One command with all these messages, in a group if there is one. The result of the last.
  std::string Send(QueueId queue, const std::vector<uint64_t>& numbers,
                   absl::string_view group = "");
  std::string Send(QueueId queue, uint64_t number, absl::string_view group = "");

  struct Options {
    int messages_max = 1;
    std::optional<absl::Duration> visibility = {};
    std::optional<absl::Duration> wait = absl::ZeroDuration();
  };
  std::string Receive(QueueId queue, const Options& options);
  std::string Receive(QueueId queue) { return Receive(queue, Options()); }
  WaiterId last_waiter() const { return WaiterId{waiters_}; }

  // With the newest handle of the message: "ok" or the error.
  std::string Delete(QueueId queue, uint64_t number);
  std::string ChangeVisibility(QueueId queue, uint64_t number, absl::Duration visibility);
  const Receipt& receipt(uint64_t number) const { return receipts_.at(number); }

  // What waiting receives were answered since the last call.
  std::vector<std::string> TakeAnswers();
  // What the last command or Advance() led to.
  const Outcome& outcome() const { return outcome_; }
  const std::vector<Record>& log() const { return log_; }
  QueueCounts Counts(QueueId queue);
  Broker& broker() { return broker_; }

 private:
  void TakeIn();
  std::string Numbers(const MessagesReceived& received);
  std::string AnswerText(const Outcome::Answer& answer);

  Broker broker_;
  Timestamp now_;
  Outcome outcome_;
  std::vector<Record> log_;
  std::vector<std::string> answers_;
  std::map<uint64_t, Receipt> receipts_;
  uint64_t waiters_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_BROKER_BROKER_DRIVER_H_
