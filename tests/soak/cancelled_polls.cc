#include "tests/soak/cancelled_polls.h"

#include <memory>
#include <vector>

#include "absl/time/time.h"

#include "proto/twinq/v1/queue.pb.h"

#include "tests/soak/raw_calls.h"

namespace twinq::soak {
namespace {

constexpr int kWaitSeconds = 20;
constexpr absl::Duration kHoldMin = absl::Milliseconds(20);
constexpr uint64_t kHoldSpreadMilliseconds = 1'000;
constexpr absl::Duration kPause = absl::Milliseconds(200);

}  // namespace

void CancelledPolls::Misbehave() {
  v1::ReceiveMessageRequest request;
  request.set_queue_url(kPolledQueue);
  request.set_wait_time_seconds(kWaitSeconds);
  const std::string bytes = request.SerializeAsString();
  std::vector<std::unique_ptr<RawCalls>> connections;
  for (int i = 0; i < plan_.connections; ++i) {
    connections.push_back(std::make_unique<RawCalls>(target().grpc_address));
  }
  for (int i = 0; i < plan_.polls && !target().stop.is_raised(); ++i) {
    connections[static_cast<size_t>(i % plan_.connections)]->Begin(
        "/twinq.v1.QueueService/ReceiveMessage", bytes, [this](Fate fate) { Count(fate); });
  }
  target().stop.Pause(
      kHoldMin + absl::Milliseconds(static_cast<int64_t>(random_.Below(kHoldSpreadMilliseconds))));
  for (const auto& connection : connections) connection->Cancel();
  for (const auto& connection : connections) connection->AwaitEnds();
  target().stop.Pause(kPause);
}

}  // namespace twinq::soak
