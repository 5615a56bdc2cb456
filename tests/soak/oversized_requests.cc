#include "tests/soak/oversized_requests.h"

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "proto/twinq/v1/queue.pb.h"

#include "core/model/limits.h"

namespace twinq::soak {
namespace {

constexpr size_t kFarTooLarge = size_t{17} << 20;
constexpr int kAttributes = 2'000;
constexpr absl::Duration kPause = absl::Milliseconds(200);

v1::SendMessageRequest SendOf(size_t bytes) {
  v1::SendMessageRequest request;
  request.set_queue_url(kForgedQueue);
  request.set_message_body(std::string(bytes, 'x'));
  return request;
}

v1::SendMessageBatchRequest LargeBatch() {
  v1::SendMessageBatchRequest request;
  request.set_queue_url(kForgedQueue);
  for (int i = 0; i < kBatchEntriesMax; ++i) {
    v1::SendMessageBatchRequestEntry& entry = *request.add_entries();
    entry.set_id(absl::StrCat(i));
    entry.set_message_body(std::string(kMessageBytesMax, 'x'));
  }
  return request;
}

v1::SendMessageRequest SendWithAttributes() {
  v1::SendMessageRequest request = SendOf(1);
  for (int i = 0; i < kAttributes; ++i) {
    v1::MessageAttributeValue& value =
        (*request.mutable_message_attributes())[absl::StrCat("name-", i)];
    value.set_data_type("String");
    value.set_string_value("value");
  }
  return request;
}

}  // namespace

void OversizedRequests::Misbehave() {
  Count(FateOf(calls_.Call(SendOf(kMessageBytesMax + 1))));
  Count(FateOf(calls_.Call(LargeBatch())));
  Count(FateOf(calls_.Call(SendWithAttributes())));
  Count(FateOf(calls_.Call(SendOf(kFarTooLarge))));
  target().stop.Pause(kPause);
}

}  // namespace twinq::soak
