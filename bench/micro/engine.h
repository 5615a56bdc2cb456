#ifndef TWINQ_BENCH_MICRO_ENGINE_H_
#define TWINQ_BENCH_MICRO_ENGINE_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"

#include "broker/body_store.h"
#include "broker/broker.h"
#include "core/model/queue_attributes.h"
#include "core/model/queue_id.h"
#include "core/queue/queue_options.h"

namespace twinq::bench {

// A broker driven as a shard drives it: commands and time in, bodies kept beside the engine and
// released when it says so. The records are dropped: there is no journal.
class Engine {
 public:
  // How many deadlines the server lets one Advance() do.
  static constexpr int kSlice = 4'000;

  explicit Engine(const QueueOptions& options = {});
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // REQUIRES: `name` is a queue name that is not in use.
  QueueId Create(absl::string_view name, const GivenQueueAttributes& attributes = {});
  // Broker::Handle().
  std::optional<Reply> Handle(Timestamp now, Command command);
  // REQUIRES: the command is answered at once.
  Reply Ask(Timestamp now, Command command);
  // Does what is due, at most kSlice of it: Broker::Advance().
  Timestamp Advance(Timestamp now);
  // To receives that were waiting, from the last call.
  const std::vector<Outcome::Answer>& answers() const { return outcome_.answers; }

  BodyRef Keep(absl::string_view body) { return bodies_.Put(Payload::Create(body)); }
  PayloadPtr Pin(BodyRef body) const { return bodies_.Pin(body); }

 private:
  void ReleaseFreed();

  Broker broker_;
  BodyStore bodies_;
  Outcome outcome_;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_ENGINE_H_
