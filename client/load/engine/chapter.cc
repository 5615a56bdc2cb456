#include "client/load/engine/chapter.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "client/load/engine/consumer.h"
#include "client/load/engine/producer.h"
#include "core/base/status_macros.h"
#include "platform/thread.h"
#include "sim/history/recorder.h"

namespace twinq::load {
namespace {

// Far from what DrawsOf() makes of the same seed.
constexpr uint64_t kConsumerSeeds = 0xc0'95'0e'e5'00'00'00'00;

// The clients of a chapter, each with its thread.
struct Crew {
  Crew(SharedChapter& chapter, Progress& progress) {
    for (int i = 0; i < chapter.workload.producers; ++i) {
      const auto number = static_cast<uint32_t>(i);
      producers.push_back(std::make_unique<Producer>(chapter, progress, number));
    }
    for (int i = 0; i < chapter.workload.consumers; ++i) {
      const auto number = static_cast<uint32_t>(chapter.workload.producers + i);
      const uint64_t seed =
          chapter.workload.seed + kConsumerSeeds + chapter.plan.first_number + number;
      consumers.push_back(std::make_unique<Consumer>(chapter, progress, number, seed));
    }
  }

  std::vector<std::unique_ptr<Producer>> producers;
  std::vector<std::unique_ptr<Consumer>> consumers;
};

template <typename Client>
std::vector<platform::Thread> Start(const char* name,
                                    const std::vector<std::unique_ptr<Client>>& clients) {
  std::vector<platform::Thread> threads;
  threads.reserve(clients.size());
  for (const std::unique_ptr<Client>& client : clients) {
    threads.emplace_back(name, [&client] { client->Run(); });
  }
  return threads;
}

template <typename Client>
void Collect(const std::vector<std::unique_ptr<Client>>& clients, Measurements& measurements,
             std::vector<history::Recorder>& recorders) {
  for (const std::unique_ptr<Client>& client : clients) {
    measurements.Merge(client->measurements());
    recorders.push_back(client->TakeRecorder());
  }
}

}  // namespace

absl::StatusOr<ChapterOutcome> RunChapter(SharedChapter& chapter, Progress& progress,
                                          absl::FunctionRef<void()> on_warm,
                                          absl::FunctionRef<void()> on_sent) {
  Crew crew(chapter, progress);
  std::vector<platform::Thread> consumers = Start("consumer", crew.consumers);
  std::vector<platform::Thread> producers = Start("producer", crew.producers);
  chapter.stop.WaitFor(chapter.plan.warmup);
  on_warm();
  producers.clear();  // Joins.
  on_sent();
  ChapterOutcome outcome;
  outcome.sending = chapter.clock.Now() - chapter.plan.began_at;
  chapter.BeginDraining();
  consumers.clear();
  TWINQ_RETURN_IF_ERROR(chapter.failure());

  const uint32_t used = chapter.next_number - chapter.plan.first_number;
  outcome.messages = std::min(used, chapter.plan.numbers);
  history::End end = {.at = chapter.Now()};
  if (!chapter.IsAbandoned(end.at)) end.remaining = 0;
  std::vector<history::Recorder> recorders;
  Collect(crew.producers, outcome.measurements, recorders);
  Collect(crew.consumers, outcome.measurements, recorders);
  outcome.history = history::Merge(std::move(recorders), end);
  return outcome;
}

}  // namespace twinq::load
