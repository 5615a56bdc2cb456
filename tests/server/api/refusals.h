#ifndef TWINQ_TESTS_SERVER_API_REFUSALS_H_
#define TWINQ_TESTS_SERVER_API_REFUSALS_H_

#include <string>

#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"

namespace twinq::api {

// Tables of requests that are refused, and with which words.

struct RefusalCase {
  const char* name;
  std::string request;  // In protobuf's text form; placeholders are filled in as below.
  const char* error;    // SQS's name.
  std::string text;
};

std::string CaseName(const ::testing::TestParamInfo<RefusalCase>& test);

// Names of errors and texts that many cases have.
inline constexpr char kMissing[] = "MissingRequiredParameterException";
inline constexpr char kInvalidValue[] = "InvalidParameterValueException";
inline constexpr char kNoQueue[] = "QueueDoesNotExist";
inline constexpr char kNoQueueText[] = "The specified queue does not exist.";
inline constexpr char kUnsupported[] = "UnsupportedOperation";
inline constexpr char kBadHandle[] = "ReceiptHandleIsInvalid";
inline constexpr char kVisibilityRange[] = "Must be >= 0 and <= 43200, if provided.";
inline constexpr char kBadContents[] =
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
    "#xE000 to #xFFFD | #x10000 to #x10FFFF";
inline constexpr char kNotForType[] =
    "The request include parameter that is not valid for this queue type.";
inline constexpr char kNotForTypeInBatch[] =
    "The request include parameter that is not valid for this queue type";
inline constexpr char kDelayRange[] = "DelaySeconds must be >= 0 and <= 900.";
inline constexpr char kNoDedup[] =
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
    "provided explicitly";

std::string Missing(const std::string& parameter);
std::string Unsupported(const std::string& parameter);
std::string InvalidValue(const std::string& value, const std::string& parameter,
                         const std::string& reason);
std::string BadId(const std::string& value, const std::string& parameter);
std::string NoHandle(const std::string& handle);
std::string HandleOfOther(const std::string& handle);

// Fields of requests in protobuf's text form.
std::string Url(const std::string& url);
std::string Queue(const std::string& name);
std::string Attribute(const std::string& name, const std::string& value);
std::string Body(const std::string& body);
std::string Group(const std::string& id);
std::string Dedup(const std::string& id);
std::string Delay(int seconds);
std::string Handle(const std::string& handle);
std::string Timeout(int seconds);
// An entry of a batch, and so many entries with ids "1", "2" and so on.
std::string Entry(const std::string& fields);
std::string Entries(int count, const std::string& fields);
std::string Id(const std::string& id);

// A server with standard queues "jobs" and "small" (messages of at most 1,024 bytes) and FIFO
// queues "orders.fifo" and "content.fifo" (deduplicated by content). "jobs" and "orders.fifo" have
// one message each in flight, whose handles stand for JOBS_HANDLE and ORDERS_HANDLE.
class RefusingServer {
 public:
  RefusingServer();

  // Why the action refuses the request; kNotRefused if it does not.
  ApiError RefusalOf(const char* action, const std::string& request);
  std::string FillIn(const std::string& text) const;

 private:
  VolatileJournal journal_;
  ApiServer server_{journal_};
  std::string jobs_handle_;
  std::string orders_handle_;
};

// What no case expects.
inline const ApiError kNotRefused{.code = ApiErrorCode::kInternalFailure};

class RefusalTest : public ::testing::TestWithParam<RefusalCase> {
 protected:
  // Calls the action with the request of the case.
  void ExpectRefusal(const char* action);

 private:
  RefusingServer server_;
};

// Requests with two faults: the one that SQS semantics 2.0 checks first is named.
struct OrderCase {
  const char* name;
  const char* action;
  std::string request;
  ApiErrorCode first;
};

std::string OrderCaseName(const ::testing::TestParamInfo<OrderCase>& test);

class OrderTest : public ::testing::TestWithParam<OrderCase> {
 protected:
  void ExpectFirst();

 private:
  RefusingServer server_;
};

}  // namespace twinq::api

#endif  // TWINQ_TESTS_SERVER_API_REFUSALS_H_
