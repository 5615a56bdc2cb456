#include "tests/crash/clients/logged_channel.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message_lite.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "grpcpp/support/client_interceptor.h"

#include "proto/twinq/v1/queue.pb.h"

#include "core/base/timestamp.h"
#include "tests/crash/clients/client_log.h"
#include "tests/crash/message_text.h"

namespace twinq::crash {
namespace {

using ::google::protobuf::MessageLite;
using ::grpc::experimental::InterceptionHookPoints;

// What the calls of one channel share.
struct Log {
  const EventFile& file;
  const Clock& clock;
  std::atomic<uint64_t> calls = 0;

  int64_t Now() const { return Timestamp::FromTime(clock.Now()).nanos(); }
};

template <typename Request>
std::string HandlesOf(const Request& request) {
  std::string text;
  for (const auto& entry : request.entries()) {
    absl::StrAppend(&text, " ", DigestOf(entry.receipt_handle()));
  }
  return text;
}

std::string WordsOf(const v1::ReceiveMessageRequest& request) {
  return absl::StrCat("receive ", request.visibility_timeout());
}
std::string WordsOf(const v1::DeleteMessageBatchRequest& request) {
  return absl::StrCat("delete", HandlesOf(request));
}
std::string WordsOf(const v1::ChangeMessageVisibilityBatchRequest& request) {
  return absl::StrCat("change ", request.entries(0).visibility_timeout(), HandlesOf(request));
}

uint64_t NumberOf(const v1::Message& message, const char* attribute) {
  uint64_t number = 0;
  const auto place = message.attributes().find(attribute);
  if (place == message.attributes().end() || !absl::SimpleAtoi(place->second, &number)) return 0;
  return number;
}

std::string WordsOf(const v1::ReceiveMessageResponse& response) {
  std::string text;
  for (const v1::Message& message : response.messages()) {
    absl::StrAppend(&text, " ", TextOf(NameInBody(message.body())), "/", message.message_id(), "/",
                    NumberOf(message, "SequenceNumber"), "/",
                    NumberOf(message, "ApproximateReceiveCount"), "/",
                    DigestOf(message.receipt_handle()));
  }
  return text;
}

// Entries are named by their place. What is not among the successful is refused.
template <typename Response>
std::string OutcomesOf(const Response& response) {
  const size_t entries =
      static_cast<size_t>(response.successful_size()) + static_cast<size_t>(response.failed_size());
  std::vector<const char*> words(entries, "refused");
  for (const auto& successful : response.successful()) {
    size_t place = 0;
    if (absl::SimpleAtoi(successful.id(), &place) && place < entries) words[place] = "done";
  }
  std::string text;
  for (const char* word : words) absl::StrAppend(&text, " ", word);
  return text;
}
std::string WordsOf(const v1::DeleteMessageBatchResponse& response) { return OutcomesOf(response); }
std::string WordsOf(const v1::ChangeMessageVisibilityBatchResponse& response) {
  return OutcomesOf(response);
}

// Both ends of one call.
template <typename Request, typename Response>
class CallNote : public grpc::experimental::Interceptor {
 public:
  explicit CallNote(Log& log) : log_(log), number_(log.calls++) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* batch) override {
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_MESSAGE)) {
      const auto* request = static_cast<const MessageLite*>(batch->GetSendMessage());
      log_.file.Append(absl::StrCat("ask ", number_, " ", log_.Now(), " ",
                                    WordsOf(static_cast<const Request&>(*request))));
    }
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_STATUS))
      NoteEnd(*batch);
    batch->Proceed();
  }

 private:
  void NoteEnd(grpc::experimental::InterceptorBatchMethods& batch) {
    const auto* response = static_cast<const MessageLite*>(batch.GetRecvMessage());
    if (batch.GetRecvStatus()->ok() && response != nullptr) {
      log_.file.Append(absl::StrCat("answer ", number_, " ", log_.Now(),
                                    WordsOf(static_cast<const Response&>(*response))));
    } else {
      log_.file.Append(absl::StrCat("failure ", number_, " ", log_.Now()));
    }
  }

  Log& log_;
  const uint64_t number_;
};

class CallNotes : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  CallNotes(const EventFile& file, const Clock& clock) : log_{file, clock} {}

  grpc::experimental::Interceptor* CreateClientInterceptor(
      grpc::experimental::ClientRpcInfo* info) override {
    const absl::string_view method = info->method();
    // gRPC takes them over.
    if (absl::EndsWith(method, "/ReceiveMessage")) {
      return MakeNote<v1::ReceiveMessageRequest, v1::ReceiveMessageResponse>();
    }
    if (absl::EndsWith(method, "/DeleteMessageBatch")) {
      return MakeNote<v1::DeleteMessageBatchRequest, v1::DeleteMessageBatchResponse>();
    }
    if (absl::EndsWith(method, "/ChangeMessageVisibilityBatch")) {
      return MakeNote<v1::ChangeMessageVisibilityBatchRequest,
                      v1::ChangeMessageVisibilityBatchResponse>();
    }
    return nullptr;
  }

 private:
  template <typename Request, typename Response>
  grpc::experimental::Interceptor* MakeNote() {
    return std::make_unique<CallNote<Request, Response>>(log_).release();
  }

  Log log_;
};

// Those of Connect().
constexpr int kReconnectMsFirst = 50;
constexpr int kReconnectMsMax = 1'000;

}  // namespace

std::shared_ptr<grpc::ChannelInterface> ConnectLogged(const std::string& address,
                                                      const EventFile& file, const Clock& clock) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMsFirst);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMsMax);
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> notes;
  notes.push_back(std::make_unique<CallNotes>(file, clock));
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      address, grpc::InsecureChannelCredentials(), arguments, std::move(notes));
}

}  // namespace twinq::crash
