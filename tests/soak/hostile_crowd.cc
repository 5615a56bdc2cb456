#include "tests/soak/hostile_crowd.h"

#include "tests/soak/broken_talk.h"
#include "tests/soak/cancelled_polls.h"
#include "tests/soak/dropped_connections.h"
#include "tests/soak/forged_handles.h"
#include "tests/soak/hostile_http.h"
#include "tests/soak/oversized_requests.h"
#include "tests/soak/queue_storm.h"
#include "tests/soak/random_payloads.h"
#include "tests/soak/silent_readers.h"

namespace twinq::soak {
namespace {

constexpr int kConnections = 50;
constexpr int kShareOverConnections = 4;

}  // namespace

HostileCrowd::HostileCrowd(const Options& options, Random& random, const Clock& clock)
    : target_{.grpc_address = options.server.grpc,
              .metrics_address = options.server.metrics,
              .stop = stop_} {
  const auto add = [this](std::unique_ptr<HostileClient> client) {
    clients_.push_back(std::move(client));
  };
  add(std::make_unique<CancelledPolls>("cancelled polls on one connection",
                                       CancelledPolls::Plan{.polls = options.polls}, target_,
                                       random.Next()));
  add(std::make_unique<CancelledPolls>(
      "cancelled polls on 50 connections",
      CancelledPolls::Plan{.polls = options.polls / kShareOverConnections,
                           .connections = kConnections},
      target_, random.Next()));
  add(std::make_unique<DroppedConnections>(target_, random.Next()));
  add(std::make_unique<SilentReaders>(target_));
  add(std::make_unique<BrokenTalk>(target_, random.Next()));
  add(std::make_unique<RandomPayloads>(target_, random.Next()));
  add(std::make_unique<ForgedHandles>(options.other_queue, target_, random.Next(), clock));
  add(std::make_unique<OversizedRequests>(target_, clock));
  add(std::make_unique<QueueStorm>(target_, clock));
  add(std::make_unique<HostileHttp>(target_, random.Next()));
  for (const auto& client : clients_) {
    threads_.emplace_back("hostile", [this, &client = *client] {
      while (!stop_.is_raised()) client.Misbehave();
    });
  }
}

void HostileCrowd::Stop() {
  stop_.Raise();
  threads_.clear();  // Joins.
}

}  // namespace twinq::soak
