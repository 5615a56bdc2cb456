#include "client/cli/line_sender.h"

#include <utility>

namespace twinq::cli {
namespace {

// Longer than a restart of the server takes.
constexpr absl::Duration kPatience = absl::Seconds(30);

client::ProducerOptions Options() {
  client::ProducerOptions options;
  options.retry.give_up_after = kPatience;
  return options;
}

}  // namespace

LineSender::LineSender(const std::shared_ptr<grpc::ChannelInterface>& channel,
                       const std::string& queue, client::SendOptions options, Tell tell)
    : options_(std::move(options)), tell_(std::move(tell)), producer_(channel, queue, Options()) {}

absl::Status LineSender::Send(std::string line) {
  {
    const platform::MutexLock lock(mutex_);
    while (outcomes_.size() >= kUntoldMax) told_some_.Wait(mutex_);
    if (!failure_.ok()) return failure_;
    outcomes_.emplace_back();
  }
  const int64_t number = ++lines_;
  producer_.Send({.body = std::move(line), .options = options_},
                 [this, number](Outcome outcome) { Note(number, std::move(outcome)); });
  return absl::OkStatus();
}

absl::Status LineSender::Finish() {
  producer_.Flush();
  const platform::MutexLock lock(mutex_);
  return failure_;
}

void LineSender::Note(int64_t line, Outcome outcome) {
  const platform::MutexLock lock(mutex_);
  outcomes_[static_cast<size_t>(line - told_ - 1)] = std::move(outcome);
  while (!outcomes_.empty()) {
    const std::optional<Outcome>& next = outcomes_.front();
    if (!next.has_value()) return;
    TellNext(*next);
    outcomes_.pop_front();
    told_some_.NotifyOne();
  }
}

void LineSender::TellNext(const Outcome& outcome) {
  ++told_;
  // What is wrong with one line is no reason to stop, and what stops is told once.
  const bool ends = !outcome.ok() && !absl::IsInvalidArgument(outcome.status());
  if (!ends) return tell_(told_, outcome);
  if (failure_.ok()) failure_ = outcome.status();
}

}  // namespace twinq::cli
