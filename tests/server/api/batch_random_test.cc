// Batches of anything: no request breaks the server, and each entry of a batch that is not refused
// gets exactly one result, in the order of the request.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"
#include "tests/support/seed.h"

namespace twinq::api {
namespace {

class AnyBatch {
 public:
  explicit AnyBatch(Random& random) : random_(random) {}

  template <typename Type>
  Type OneOf(const std::vector<Type>& choices) {
    return choices[random_.Next() % choices.size()];
  }
  bool OneIn(uint64_t times) { return random_.Next() % times == 0; }

  std::string Queue() {
    return OneOf<std::string>({"jobs", "small", "orders.fifo", "content.fifo", "groups.fifo"});
  }
  int Count() { return OneOf<int>({0, 1, 1, 2, 3, 5, 10, 10, 11}); }
  std::string Id(int entry) {
    if (!OneIn(20)) return absl::StrCat("id_", entry);
    return OneOf<std::string>(
        {"", "id_0", "a b", std::string(80, 'i'), std::string(81, 'i'), "\xC3\xA4"});
  }
  std::string Body() {
    if (!OneIn(6)) return absl::StrCat("body ", random_.Next() % 8);
    return OneOf<std::string>({"", "\x01", "\xEF\xBF\xBF", std::string(1'024, 'b'),
                               std::string(1'025, 'b'), std::string(600'000, 'b'),
                               std::string(1'048'577, 'b')});
  }
  std::string GroupOrDedupId() {
    if (!OneIn(6)) return absl::StrCat("g", random_.Next() % 3);
    return OneOf<std::string>({"", "a b", std::string(128, '~'), std::string(129, '~')});
  }
  int Number() { return OneOf<int>({-2'147'483'647, -1, 0, 1, 900, 901, 43'200, 2'147'483'647}); }

  v1::SendMessageBatchRequest Send() {
    v1::SendMessageBatchRequest request;
    request.set_queue_url(Queue());
    const int entries = Count();
    for (int i = 0; i < entries; ++i) {
      v1::SendMessageBatchRequestEntry& entry = *request.add_entries();
      if (!OneIn(40)) entry.set_id(Id(i));
      if (!OneIn(20)) entry.set_message_body(Body());
      if (!OneIn(8)) entry.set_message_group_id(GroupOrDedupId());
      if (OneIn(2)) entry.set_message_deduplication_id(GroupOrDedupId());
      if (OneIn(8)) entry.set_delay_seconds(Number());
    }
    return request;
  }

  // A delete or a change; `handles` have been issued.
  template <typename Request>
  Request Receipts(const std::vector<std::string>& handles) {
    Request request;
    request.set_queue_url(Queue());
    const int entries = Count();
    for (int i = 0; i < entries; ++i) {
      auto& entry = *request.add_entries();
      if (!OneIn(40)) entry.set_id(Id(i));
      if (OneIn(20)) continue;
      std::string handle = handles.empty() || OneIn(10) ? "garbage" : OneOf(handles);
      if (OneIn(10)) handle[random_.Next() % handle.size()] = 'A';
      entry.set_receipt_handle(handle);
    }
    return request;
  }

 private:
  Random& random_;
};

class BatchRandomTest : public ::testing::Test {
 protected:
  BatchRandomTest() {
    server_.CreateQueue("jobs");
    server_.CreateQueue("small", {{"MaximumMessageSize", "1024"}});
    server_.CreateQueue("orders.fifo");
    server_.CreateQueue("content.fifo", {{"ContentBasedDeduplication", "true"}});
    server_.CreateQueue("groups.fifo", {{"DeduplicationScope", "messageGroup"},
                                        {"ContentBasedDeduplication", "true"}});
  }

  template <typename Response, typename Request>
  Response Ask(const Request& request) {
    Response response;
    const std::optional<ApiError> error = server_.Call(request, response);
    if (error.has_value()) {
      EXPECT_EQ(response.successful_size() + response.failed_size(), 0);
      return response;
    }
    std::vector<std::string> asked;
    for (const auto& entry : request.entries()) asked.push_back(entry.id());
    EXPECT_EQ(InTheOrderOf(request, response), asked);
    return response;
  }

  // The ids of both lists merged by the order of the request: all of them if each is there once and
  // in order.
  template <typename Request, typename Response>
  static std::vector<std::string> InTheOrderOf(const Request& request, const Response& response) {
    std::vector<std::string> ids;
    int successful = 0;
    int failed = 0;
    for (const auto& entry : request.entries()) {
      if (successful < response.successful_size() &&
          response.successful(successful).id() == entry.id()) {
        ids.push_back(response.successful(successful++).id());
      } else if (failed < response.failed_size() && response.failed(failed).id() == entry.id()) {
        ids.push_back(response.failed(failed++).id());
      }
    }
    EXPECT_EQ(successful + failed, response.successful_size() + response.failed_size());
    return ids;
  }

  // Sends, receives, changes and deletes a few times.
  void RunRound(uint64_t seed) {
    SeededRandom random(seed);
    AnyBatch any(random);
    std::vector<std::string> handles;
    for (int i = 0; i < 100; ++i) {
      Ask<v1::SendMessageBatchResponse>(any.Send());
      for (const v1::Message& message : server_.Receive(any.Queue(), 3)) {
        handles.push_back(message.receipt_handle());
      }
      Ask<v1::ChangeMessageVisibilityBatchResponse>(
          any.Receipts<v1::ChangeMessageVisibilityBatchRequest>(handles));
      Ask<v1::DeleteMessageBatchResponse>(any.Receipts<v1::DeleteMessageBatchRequest>(handles));
    }
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
};

TEST_F(BatchRandomTest, EveryEntryHasOneResult) {
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    RunRound(seed);
  }
}

}  // namespace
}  // namespace twinq::api
