#include "tests/soak/forged_handles.h"

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "proto/twinq/v1/queue.pb.h"

namespace twinq::soak {
namespace {

constexpr int kForgeries = 20;
constexpr uint64_t kBytesMax = 300;
constexpr absl::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr absl::Duration kPause = absl::Milliseconds(50);

}  // namespace

void ForgedHandles::Misbehave() {
  const std::string genuine = GenuineHandle();
  if (genuine.empty()) return;
  for (int i = 0; i < kForgeries && !target().stop.is_raised(); ++i) {
    Use(kForgedQueue, Forge(genuine));
    Use(other_queue_, genuine);
  }
  v1::DeleteMessageRequest deletion;
  deletion.set_queue_url(kForgedQueue);
  deletion.set_receipt_handle(genuine);
  calls_.Call(deletion);
  target().stop.Pause(kPause);
}

std::string ForgedHandles::GenuineHandle() {
  v1::SendMessageRequest send;
  send.set_queue_url(kForgedQueue);
  send.set_message_body("genuine");
  calls_.Call(send);
  v1::ReceiveMessageRequest receive;
  receive.set_queue_url(kForgedQueue);
  const auto answer = calls_.Call(receive);
  return answer.response.messages().empty() ? "" : answer.response.messages(0).receipt_handle();
}

std::string ForgedHandles::Forge(std::string handle) {
  if (random_.Chance(0.5)) {
    char& place = handle[random_.Below(handle.size())];
    // The number of the character changes by one, so the handle does.
    place = kBase64[(kBase64.find(place) + 1) % kBase64.size()];
    return handle;
  }
  std::string made_up(1 + random_.Below(kBytesMax), '\0');
  for (char& character : made_up) character = kBase64[random_.Below(kBase64.size())];
  return made_up;
}

void ForgedHandles::Use(const std::string& queue, const std::string& handle) {
  if (random_.Chance(0.5)) {
    v1::DeleteMessageRequest deletion;
    deletion.set_queue_url(queue);
    deletion.set_receipt_handle(handle);
    Count(FateOf(calls_.Call(deletion)));
    return;
  }
  v1::ChangeMessageVisibilityRequest change;
  change.set_queue_url(queue);
  change.set_receipt_handle(handle);
  change.set_visibility_timeout(0);
  Count(FateOf(calls_.Call(change)));
}

}  // namespace twinq::soak
