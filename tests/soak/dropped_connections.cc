#include "tests/soak/dropped_connections.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "proto/twinq/v1/queue.pb.h"

#include "tests/soak/http2_frames.h"
#include "tests/soak/raw_connection.h"

namespace twinq::soak {
namespace {

constexpr uint32_t kPolls = 100;
constexpr int kWaitSeconds = 20;
constexpr uint64_t kHoldMillisecondsMax = 300;

}  // namespace

void DroppedConnections::Misbehave() {
  v1::ReceiveMessageRequest request;
  request.set_queue_url(kPolledQueue);
  request.set_wait_time_seconds(kWaitSeconds);
  const std::string message = request.SerializeAsString();
  std::string bytes = absl::StrCat(kHttp2Preface, SettingsFrame(kHttp2WindowMax));
  for (uint32_t i = 0; i < kPolls; ++i) {
    bytes += CallFrames(2 * i + 1, "/twinq.v1.QueueService/ReceiveMessage", message);
  }
  RawConnection connection(target().grpc_address);
  const Fate fate = connection.Send(bytes) ? Fate::kLeft : Fate::kClosed;
  target().stop.Pause(
      absl::Milliseconds(static_cast<int64_t>(random_.Below(kHoldMillisecondsMax))));
  if (random_.Chance(0.5)) {
    connection.Reset();
  } else {
    connection.Close();
  }
  for (uint32_t i = 0; i < kPolls; ++i) Count(fate);
}

}  // namespace twinq::soak
