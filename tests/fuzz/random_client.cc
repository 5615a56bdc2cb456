#include "tests/fuzz/random_client.h"

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "proto/twinq/v1/queue.pb.h"

#include "core/base/check.h"
#include "server/api/action.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/http2_bytes.h"
#include "tests/server/metrics/http_exchange.h"

namespace twinq {
namespace {

constexpr size_t kUnderWayMax = 12;
constexpr size_t kLearnedMax = 64;
constexpr size_t kInputBytes = 200;

// Of other services, and of none.
constexpr absl::string_view kPaths[] = {
    "/grpc.health.v1.Health/Check",
    "/grpc.health.v1.Health/Watch",
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    "/twinq.v1.QueueService/None",
    "/twinq.v1.QueueService/",
    "/none.Service/SendMessage",
    "/",
    "//",
};

// Requests that some of these methods know: a service, a list, a file, a symbol.
constexpr absl::string_view kServiceRequests[] = {"", "\x0A\x15twinq.v1.QueueService", "\x3A\x01*",
                                                  "\x22\x15twinq.v1.QueueService",
                                                  "\x1A\x14twinq/v1/queue.proto"};

std::string AnyBytes(Random& random, size_t size) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.Below(256));
  return bytes;
}

std::string AnyPrintable(Random& random, size_t size) {
  std::string text(size, '\0');
  for (char& byte : text) byte = static_cast<char>('!' + random.Below('~' - '!'));
  return text;
}

}  // namespace

RandomClient::Request RandomClient::PlausibleRequest() {
  const std::string choices = AnyBytes(random_, kInputBytes);
  const std::vector<uint8_t> bytes(choices.begin(), choices.end());
  FuzzInput input(bytes.data(), bytes.size());
  const absl::Span<const api::Action> actions =
      random_.Chance(0.9) ? api::Actions() : api::AdminActions();
  const api::Action& action = actions[random_.Below(actions.size())];
  const std::unique_ptr<google::protobuf::Message> request(action.request->New());
  FillInPlausibly(input, learned_, *request);
  const absl::string_view service =
      actions.data() == api::Actions().data() ? "QueueService" : "AdminService";
  return {absl::StrCat("/twinq.v1.", service, "/", action.name), request->SerializeAsString()};
}

RandomClient::Request RandomClient::NextRequest() {
  if (random_.Chance(0.15)) {
    const absl::string_view bytes = kServiceRequests[random_.Below(std::size(kServiceRequests))];
    return {std::string(kPaths[random_.Below(std::size(kPaths))]),
            random_.Chance(0.7) ? std::string(bytes) : AnyBytes(random_, random_.Below(50))};
  }
  Request request = PlausibleRequest();
  if (random_.Chance(0.1)) request.bytes = AnyBytes(random_, random_.Below(300));
  if (random_.Chance(0.1) && !request.bytes.empty()) {
    request.bytes[random_.Below(request.bytes.size())] = static_cast<char>(random_.Below(256));
  }
  if (random_.Chance(0.05)) request.bytes.resize(random_.Below(request.bytes.size() + 1));
  return request;
}

WireClient::Metadata RandomClient::NextMetadata() {
  WireClient::Metadata metadata;
  if (random_.Chance(0.3)) metadata["twinq-md5"] = random_.Chance(0.7) ? "1" : "yes";
  if (random_.Chance(0.3)) {
    metadata["twinq-request-id"] = AnyPrintable(random_, random_.Below(300));
  }
  if (random_.Chance(0.1)) metadata["x-any-bin"] = AnyBytes(random_, random_.Below(100));
  // Some are longer than the server takes.
  if (random_.Chance(0.05)) metadata["x-long"] = AnyPrintable(random_, random_.Below(20'000));
  return metadata;
}

absl::Duration RandomClient::NextDeadline() {
  if (random_.Chance(0.2)) return absl::Microseconds(static_cast<int64_t>(random_.Below(2'000)));
  return absl::Milliseconds(static_cast<int64_t>(random_.Below(300)));
}

void RandomClient::Step() {
  const Request request = NextRequest();
  if (random_.Chance(0.05)) {
    Exchange(address_, SpoiledHttp2Call(random_, request.method, request.bytes));
    return;
  }
  calls_.push_back(client_.Begin(request.method, request.bytes, NextDeadline(), NextMetadata()));
  if (random_.Chance(0.1)) calls_[random_.Below(calls_.size())]->Cancel();
  if (random_.Chance(0.5) || calls_.size() > kUnderWayMax) AwaitOldest();
}

void RandomClient::AwaitOldest() {
  const WireAnswer& answer = calls_.front()->Await();
  TWINQ_CHECK(answer.error_name != "InternalFailure");
  v1::ReceiveMessageResponse received;
  if (answer.status.ok() && received.ParseFromString(answer.bytes)) {
    for (const v1::Message& message : received.messages()) {
      if (message.receipt_handle().empty()) continue;
      if (learned_.handles.size() == kLearnedMax) learned_.handles.clear();
      learned_.handles.push_back(message.receipt_handle());
    }
  }
  calls_.pop_front();
}

}  // namespace twinq
