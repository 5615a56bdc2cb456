// Any sequence of calls, of any bytes or of plausible ones, while time passes: each is answered
// once, completely and in UTF-8. In the end everything can be received and deleted, by a server
// that has started again from the journal, and nothing is left in the accounts.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "google/protobuf/message.h"

#include "proto/twinq/v1/admin.pb.h"
#include "proto/twinq/v1/queue.pb.h"

#include "core/base/check.h"
#include "server/api/error_table.h"
#include "server/grpc/request_parser.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/plausible_request.h"
#include "tests/fuzz/small_server.h"

namespace twinq::api {
namespace {

using google::protobuf::Message;

constexpr int kStepsMax = 48;
constexpr size_t kLearnedMax = 16;
// What a status message may carry.
constexpr size_t kErrorTextBytesMax = size_t{8} * 1'024;
// No accounts of so few calls get near it, but those that have wrapped do.
constexpr uint64_t kMemoryBytesMax = uint64_t{1} << 32;

bool IsUtf8(const std::string& text) {
  v1::BatchResultErrorEntry entry;
  entry.set_message(text);
  return entry.ParseFromString(entry.SerializeAsString());
}

void CheckRefusal(const ApiError& error) {
  const std::string text = ErrorText(error, 1'024);
  TWINQ_CHECK(!text.empty() && text.size() <= kErrorTextBytesMax && IsUtf8(text));
  TWINQ_CHECK(!FormOf(error.code).name.json.empty());
  TWINQ_CHECK(error.code != ApiErrorCode::kInternalFailure);
}

const Action& AnyAction(FuzzInput& input) {
  const size_t count = Actions().size();
  const size_t place = input.UpTo(count + AdminActions().size() - 1);
  return place < count ? Actions()[place] : AdminActions()[place - count];
}

absl::Duration SomeSpan(FuzzInput& input) {
  static constexpr int kSeconds[] = {0, 1, 20, 30, 61, 301, 901, 43'201, 4 * 86'400, -100};
  return absl::Seconds(kSeconds[input.UpTo(std::size(kSeconds) - 1)]);
}

template <typename T>
void Learn(std::vector<T>& known, T text) {
  if (known.size() == kLearnedMax) known.erase(known.begin());
  known.push_back(std::move(text));
}

const Action& ActionOf(const Message& request) {
  for (const absl::Span<const Action> actions : {Actions(), AdminActions()}) {
    for (const Action& action : actions) {
      if (action.request->GetDescriptor() == request.GetDescriptor()) return action;
    }
  }
  TWINQ_CHECK(false);  // Every action has a request.
}

// A call that must succeed.
template <typename Response>
Response Ask(SmallServer& server, const Message& request) {
  BytesCall call(server.context(), ActionOf(request));
  call.Begin(request.SerializeAsString(), Digests::kOmitted);
  TWINQ_CHECK(call.is_done() && !call.error().has_value());
  Response response;
  response.CopyFrom(call.response());
  call.Forget();
  return response;
}

class Clients {
 public:
  Clients() {
    for (const char* name : {"jobs", "dead", "orders.fifo", "dead.fifo"}) {
      v1::CreateQueueRequest request;
      request.set_queue_name(name);
      if (absl::string_view(name).size() > 4) (*request.mutable_attributes())["FifoQueue"] = "true";
      Ask<v1::CreateQueueResponse>(server_, request);
    }
  }
  ~Clients() { EndCalls(); }

  SmallServer& server() { return server_; }

  void Step(FuzzInput& input) {
    switch (input.UpTo(9)) {
      case 0:
        return server_.Pass(SomeSpan(input));
      case 1:
        return CancelOne(input);
      case 2: {
        const Action& action = AnyAction(input);
        return Call(input, action, input.Text(input.UpTo(255)));
      }
      default:
        return CallPlausibly(input);
    }
  }

  // Every wait ends, and so every call.
  void EndCalls() {
    while (!calls_.empty()) {
      calls_.back()->Cancel();
      TWINQ_CHECK(calls_.back()->is_done());
      calls_.back()->Forget();
      calls_.pop_back();
    }
  }

 private:
  void CallPlausibly(FuzzInput& input) {
    const Action& action = AnyAction(input);
    const std::unique_ptr<Message> request(action.request->New());
    FillInPlausibly(input, learned_, *request);
    std::string bytes = request->SerializeAsString();
    if (input.UpTo(15) == 15 && !bytes.empty()) {
      bytes[input.UpTo(bytes.size() - 1)] = static_cast<char>(input.UpTo(255));
    }
    Call(input, action, bytes);
  }

  void Call(FuzzInput& input, const Action& action, absl::string_view bytes) {
    calls_.push_back(std::make_unique<BytesCall>(server_.context(), action));
    calls_.back()->Begin(bytes, input.UpTo(1) == 0 ? Digests::kOmitted : Digests::kAdded);
    TakeAnswers(input);
    const uint64_t bytes_kept = server_.memory().total();
    TWINQ_CHECK(bytes_kept < kMemoryBytesMax);
  }

  void CancelOne(FuzzInput& input) {
    if (calls_.empty()) return;
    calls_[input.UpTo(calls_.size() - 1)]->Cancel();
    TakeAnswers(input);
  }

  void TakeAnswers(FuzzInput& input) {
    const auto over = std::stable_partition(calls_.begin(), calls_.end(),
                                            [](const auto& call) { return !call->is_done(); });
    std::vector<std::unique_ptr<BytesCall>> done(std::make_move_iterator(over),
                                                 std::make_move_iterator(calls_.end()));
    calls_.erase(over, calls_.end());
    for (const auto& call : done) {
      call->error().has_value() ? CheckRefusal(*call->error()) : TakeResponse(call->response());
      if (input.UpTo(15) == 15) call->Undelivered();
      call->Forget();
    }
  }

  void TakeResponse(const Message& response) {
    const std::unique_ptr<Message> read(response.New());
    TWINQ_CHECK(read->ParseFromString(response.SerializeAsString()));
    if (const auto* received = dynamic_cast<const v1::ReceiveMessageResponse*>(&response)) {
      TakeMessages(*received);
    } else if (const auto* page = dynamic_cast<const v1::ListQueuesResponse*>(&response)) {
      if (page->has_next_token()) Learn(learned_.tokens, page->next_token());
    }
  }

  void TakeMessages(const v1::ReceiveMessageResponse& received) {
    for (const v1::Message& message : received.messages()) {
      TWINQ_CHECK(!message.message_id().empty() && !message.body().empty());
      Learn(learned_.handles, message.receipt_handle());
    }
  }

  SmallServer server_;
  std::vector<std::unique_ptr<BytesCall>> calls_;  // That are not done.
  LearnedTexts learned_;
};

std::vector<std::string> Queues(SmallServer& server) {
  const auto response = Ask<v1::ListQueuesResponse>(server, v1::ListQueuesRequest());
  return {response.queue_urls().begin(), response.queue_urls().end()};
}

// Deletes what can be received. Whether there was anything.
bool Empty(SmallServer& server, const std::string& queue) {
  v1::ReceiveMessageRequest request;
  request.set_queue_url(queue);
  request.set_max_number_of_messages(10);
  request.set_visibility_timeout(600);
  request.set_wait_time_seconds(0);
  const auto response = Ask<v1::ReceiveMessageResponse>(server, request);
  for (const v1::Message& message : response.messages()) {
    v1::DeleteMessageRequest removal;
    removal.set_queue_url(queue);
    removal.set_receipt_handle(message.receipt_handle());
    Ask<v1::DeleteMessageResponse>(server, removal);
  }
  return !response.messages().empty();
}

void CheckEmpty(SmallServer& server, const std::string& queue) {
  v1::GetQueueStatsRequest request;
  request.set_queue_url(queue);
  const auto stats = Ask<v1::GetQueueStatsResponse>(server, request);
  TWINQ_CHECK(stats.visible() == 0 && stats.in_flight() == 0 && stats.delayed() == 0);
  TWINQ_CHECK(stats.message_groups() == 0 && stats.waiting_receives() == 0);
}

void Drain(SmallServer& server) {
  // Past every delay and every visibility timeout.
  server.Pass(absl::Hours(13));
  const std::vector<std::string> queues = Queues(server);
  for (int round = 0; round < 3; ++round) {  // Receives move messages to dead-letter queues.
    for (const std::string& queue : queues) {
      while (Empty(server, queue)) continue;
    }
  }
  for (const std::string& queue : queues) {
    CheckEmpty(server, queue);
    v1::DeleteQueueRequest request;
    request.set_queue_url(queue);
    Ask<v1::DeleteQueueResponse>(server, request);
  }
  server.Pass(absl::Minutes(10));  // Deleted names are remembered for a while.
  TWINQ_CHECK(server.memory() == MemoryAccounts());
}

void Fuzz(FuzzInput& input) {
  Clients clients;
  for (int step = 0; step < kStepsMax && !input.is_used_up(); ++step) clients.Step(input);
  clients.EndCalls();
  clients.server().Restart();
  Drain(clients.server());
}

}  // namespace
}  // namespace twinq::api

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  [[maybe_unused]] static const bool once = (twinq::CaptureProtobufLog(), true);
  twinq::FuzzInput input(data, size);
  twinq::api::Fuzz(input);
  return 0;
}
