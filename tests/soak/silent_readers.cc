#include "tests/soak/silent_readers.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "proto/twinq/v1/queue.pb.h"

#include "tests/soak/http2_frames.h"
#include "tests/soak/raw_connection.h"

namespace twinq::soak {
namespace {

// Both connections together hold some 56 MiB of answers.
constexpr uint32_t kReceives = 8;
constexpr int kMessagesMax = 10;
constexpr absl::Duration kHold = absl::Seconds(1);
constexpr absl::Duration kPause = absl::Milliseconds(300);

std::string Receives(const std::string& message) {
  std::string bytes;
  for (uint32_t i = 0; i < kReceives; ++i) {
    bytes += CallFrames(2 * i + 1, "/twinq.v1.QueueService/ReceiveMessage", message);
  }
  return bytes;
}

}  // namespace

void SilentReaders::Misbehave() {
  v1::ReceiveMessageRequest request;
  request.set_queue_url(kLargeQueue);
  request.set_max_number_of_messages(kMessagesMax);
  request.set_visibility_timeout(0);
  const std::string receives = Receives(request.SerializeAsString());

  RawConnection unread(target().grpc_address);
  const bool is_unread_open =
      unread.Send(absl::StrCat(kHttp2Preface, SettingsFrame(kHttp2WindowMax),
                               WindowFrame(kHttp2WindowMax - 0xffff), receives));
  RawConnection without_window(target().grpc_address);
  const bool is_without_window_open =
      without_window.Send(absl::StrCat(kHttp2Preface, SettingsFrame(0), receives));
  target().stop.Pause(kHold);
  for (uint32_t i = 0; i < kReceives; ++i) {
    Count(is_unread_open ? Fate::kLeft : Fate::kClosed);
    Count(is_without_window_open ? Fate::kLeft : Fate::kClosed);
  }
  unread.Reset();
  without_window.Close();
  target().stop.Pause(kPause);
}

}  // namespace twinq::soak
