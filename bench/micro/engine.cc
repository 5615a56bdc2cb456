#include "bench/micro/engine.h"

#include <utility>
#include <variant>

#include "bench/micro/virtual_time.h"
#include "core/base/check.h"
#include "core/model/queue_name.h"

namespace twinq::bench {

Engine::Engine(const QueueOptions& options) : broker_(0, options) {
  broker_.Start(ReceiptKey{}, outcome_);
}

Engine::~Engine() {
  for (const BodyRef body : broker_.Clear()) bodies_.Release(body);
}

QueueId Engine::Create(absl::string_view name, const GivenQueueAttributes& attributes) {
  const Reply reply =
      Ask(kStart, CreateQueue{.name = *QueueName::Parse(name), .attributes = attributes});
  return std::get<QueueCreated>(reply).queue;
}

std::optional<Reply> Engine::Handle(Timestamp now, Command command) {
  outcome_.Clear();
  std::optional<Reply> reply = broker_.Handle(now, std::move(command), outcome_);
  ReleaseFreed();
  return reply;
}

Reply Engine::Ask(Timestamp now, Command command) {
  std::optional<Reply> reply = Handle(now, std::move(command));
  TWINQ_CHECK(reply.has_value());
  return *std::move(reply);
}

Timestamp Engine::Advance(Timestamp now) {
  outcome_.Clear();
  const Timestamp next = broker_.Advance(now, kSlice, outcome_);
  ReleaseFreed();
  return next;
}

void Engine::ReleaseFreed() { bodies_.Release(outcome_.freed); }

}  // namespace twinq::bench
