// Which batches are refused as a whole, and with which words: SQS semantics 2.9, 2.12, 2.14
// and 3.8.

#include <string>

#include "gtest/gtest.h"

#include "tests/server/api/refusals.h"

namespace twinq::api {
namespace {

constexpr char kBadEntryId[] = "InvalidBatchEntryId";
constexpr char kBadEntryIdText[] =
    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be "
    "at most 80 letters long.";
constexpr char kRepeated[] = "BatchEntryIdsNotDistinct";
constexpr char kTooLong[] = "BatchRequestTooLong";
constexpr char kTooLongText[] =
    "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.";

// Entries of a send that nothing is wrong with.
std::string Good(const std::string& id) { return Entry(Id(id) + Body("a")); }
std::string GoodFifo(const std::string& id) {
  return Entry(Id(id) + Body("a") + Group("g") + Dedup(id));
}
std::string Bytes(int count) { return Body(std::string(static_cast<size_t>(count), 'a')); }

class SendBatchRefusalTest : public RefusalTest {};

TEST_P(SendBatchRefusalTest, HasItsNameAndText) { ExpectRefusal("SendMessageBatch"); }

INSTANTIATE_TEST_SUITE_P(
    Counts, SendBatchRefusalTest,
    ::testing::Values(
        RefusalCase{"None", Url("jobs"), "EmptyBatchRequest",
                    "There should be at least one SendMessageBatchRequestEntry in the request."},
        RefusalCase{"Entries11", Url("jobs") + Entries(11, Body("a")),
                    "TooManyEntriesInBatchRequest",
                    "Maximum number of entries per request are 10. You have sent 11."},
        RefusalCase{"Entries20", Url("jobs") + Entries(20, Body("a")),
                    "TooManyEntriesInBatchRequest",
                    "Maximum number of entries per request are 10. You have sent 20."}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Ids, SendBatchRefusalTest,
    ::testing::Values(
        RefusalCase{"Empty", Url("jobs") + Entry(Id("") + Body("a")), kBadEntryId, kBadEntryIdText},
        RefusalCase{"Characters81", Url("jobs") + Good(std::string(81, 'a')), kBadEntryId,
                    kBadEntryIdText},
        RefusalCase{"Dot", Url("jobs") + Good("a.b"), kBadEntryId, kBadEntryIdText},
        RefusalCase{"Space", Url("jobs") + Good("a b"), kBadEntryId, kBadEntryIdText},
        RefusalCase{"LineFeed", Url("jobs") + Good("a\\n"), kBadEntryId, kBadEntryIdText},
        RefusalCase{"NotAscii", Url("jobs") + Good("\xC3\xA4"), kBadEntryId, kBadEntryIdText},
        RefusalCase{"InTheLast", Url("jobs") + Good("1") + Good("2") + Good("/"), kBadEntryId,
                    kBadEntryIdText},
        RefusalCase{"Absent", Url("jobs") + Good("1") + Entry(Body("a")), kMissing,
                    Missing("SendMessageBatchRequestEntry.2.Id")},
        RefusalCase{"Repeated", Url("jobs") + Good("id_1") + Good("id_2") + Good("id_2"), kRepeated,
                    "Id id_2 repeated."},
        RefusalCase{"FirstThatRepeats",
                    Url("jobs") + Good("1") + Good("2") + Good("3") + Good("2") + Good("1"),
                    kRepeated, "Id 2 repeated."}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Sizes, SendBatchRefusalTest,
    ::testing::Values(
        RefusalCase{"OneEntry", Url("jobs") + Entry(Id("1") + Bytes(1'048'577)), kTooLong,
                    kTooLongText},
        RefusalCase{"TwoEntries",
                    Url("jobs") + Entry(Id("1") + Bytes(524'288)) + Entry(Id("2") + Bytes(524'289)),
                    kTooLong, kTooLongText},
        // Always this limit, whatever the queue's is.
        RefusalCase{"OnASmallQueue", Url("small") + Entry(Id("1") + Bytes(1'048'577)), kTooLong,
                    kTooLongText},
        RefusalCase{
            "OnFifo",
            Url("orders.fifo") + Entry(Id("1") + Bytes(1'048'577) + Group("g") + Dedup("d")),
            kTooLong, kTooLongText},
        RefusalCase{"ByContent",
                    Url("content.fifo") + Entry(Id("1") + Bytes(1'048'577) + Group("g")), kTooLong,
                    kTooLongText}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Fifo, SendBatchRefusalTest,
    ::testing::Values(
        RefusalCase{"OneWithoutGroup",
                    Url("orders.fifo") + GoodFifo("1") + Entry(Id("2") + Body("a") + Dedup("d")),
                    kInvalidValue, Missing("MessageGroupId")},
        RefusalCase{"OneWithoutGroupByContent",
                    Url("content.fifo") + Entry(Id("1") + Body("a") + Group("g")) + Good("2"),
                    kInvalidValue, Missing("MessageGroupId")},
        RefusalCase{"OneWithoutDedupId",
                    Url("orders.fifo") + GoodFifo("1") + Entry(Id("2") + Body("a") + Group("g")),
                    kInvalidValue, kNoDedup}),
    CaseName);

struct ActionCase {
  const char* name;
  const char* action;
  std::string entry_type;
};

// What all batches have in common, shown on the two that send nothing.
class ReceiptBatchRefusalTest : public ::testing::TestWithParam<ActionCase> {
 protected:
  ApiError RefusalOf(const std::string& entries) {
    return server_.RefusalOf(GetParam().action, Url("jobs") + entries);
  }
  RefusingServer server_;
  const std::string handle_ = Handle("JOBS_HANDLE");
};

TEST_P(ReceiptBatchRefusalTest, NamesItsFault) {
  EXPECT_EQ(RefusalOf(""),
            (ApiError{.code = ApiErrorCode::kEmptyBatch, .parameter = GetParam().entry_type}));
  EXPECT_EQ(RefusalOf(Entries(11, handle_)),
            (ApiError{.code = ApiErrorCode::kTooManyEntries, .value = "11"}));
  EXPECT_EQ(RefusalOf(Entry(Id("a b") + handle_)),
            (ApiError{.code = ApiErrorCode::kInvalidBatchEntryId}));
  EXPECT_EQ(RefusalOf(Entry(Id("1") + handle_) + Entry(Id("1") + handle_)),
            (ApiError{.code = ApiErrorCode::kBatchEntryIdRepeated, .value = "1"}));
  EXPECT_EQ(RefusalOf(Entry(handle_)), (ApiError{.code = ApiErrorCode::kMissingParameter,
                                                 .parameter = GetParam().entry_type + ".1.Id"}));
}

// The entries before the fault included.
TEST_P(ReceiptBatchRefusalTest, ChangesNothing) {
  EXPECT_EQ(RefusalOf(Entry(Id("1") + handle_) + Entry(Id("1") + handle_)).code,
            ApiErrorCode::kBatchEntryIdRepeated);

  // The message is still in flight under this handle.
  EXPECT_EQ(server_.RefusalOf("ChangeMessageVisibility", Url("jobs") + handle_ + Timeout(60)),
            kNotRefused);
}

INSTANTIATE_TEST_SUITE_P(
    Actions, ReceiptBatchRefusalTest,
    ::testing::Values(ActionCase{"Delete", "DeleteMessageBatch", "DeleteMessageBatchRequestEntry"},
                      ActionCase{"ChangeVisibility", "ChangeMessageVisibilityBatch",
                                 "ChangeMessageVisibilityBatchRequestEntry"}),
    [](const auto& test) { return test.param.name; });

class BatchOrderTest : public OrderTest {};

TEST_P(BatchOrderTest, NamesTheFirstFault) { ExpectFirst(); }

OrderCase Send(const char* name, const std::string& request, ApiErrorCode first) {
  return {name, "SendMessageBatch", request, first};
}

INSTANTIATE_TEST_SUITE_P(
    Requests, BatchOrderTest,
    ::testing::Values(
        Send("QueueBeforeCount", Url("other"), ApiErrorCode::kQueueDoesNotExist),
        Send("CountBeforeIds", Url("jobs") + Entries(10, Body("a")) + Good("a b"),
             ApiErrorCode::kTooManyEntries),
        Send("CountBeforeSize", Url("jobs") + Entries(11, Bytes(100'000)),
             ApiErrorCode::kTooManyEntries),
        Send("SyntaxBeforeRepetition", Url("jobs") + Good("a b") + Good("a b"),
             ApiErrorCode::kInvalidBatchEntryId),
        Send("EarlierRepetitionBeforeSyntax", Url("jobs") + Good("1") + Good("1") + Good("/"),
             ApiErrorCode::kBatchEntryIdRepeated),
        Send("RepetitionBeforeSize", Url("jobs") + Entry(Id("1") + Bytes(1'048'577)) + Good("1"),
             ApiErrorCode::kBatchEntryIdRepeated),
        Send("SizeBeforeContent",
             Url("jobs") + Entry(Id("1") + Body("\\x01")) + Entry(Id("2") + Bytes(1'048'576)),
             ApiErrorCode::kBatchTooLong),
        Send("SizeBeforeValues", Url("jobs") + Entry(Id("1") + Bytes(1'048'577) + Delay(901)),
             ApiErrorCode::kBatchTooLong),
        OrderCase{"QueueBeforeCountInDelete", "DeleteMessageBatch", Url("other"),
                  ApiErrorCode::kQueueDoesNotExist},
        OrderCase{"IdsBeforeHandlesInDelete", "DeleteMessageBatch",
                  Url("jobs") + Entry(Id("1") + Handle("garbage")) + Entry(Id("1")),
                  ApiErrorCode::kBatchEntryIdRepeated},
        OrderCase{"IdsBeforeTimeoutsInChange", "ChangeMessageVisibilityBatch",
                  Url("jobs") + Entry(Id("1") + Timeout(-1)) + Entry(Id("1")),
                  ApiErrorCode::kBatchEntryIdRepeated}),
    OrderCaseName);

// Entries that lack one thing each.
const std::string kNoGroup2 = Entry(Id("2") + Body("a") + Dedup("d"));
const std::string kNoDedup1 = Entry(Id("1") + Body("a") + Group("g"));
const std::string kNoDedup2 = Entry(Id("2") + Body("a") + Group("g"));

INSTANTIATE_TEST_SUITE_P(
    OnFifo, BatchOrderTest,
    ::testing::Values(
        Send("GroupBeforeDedupId", Url("orders.fifo") + Good("1"),
             ApiErrorCode::kBatchEntryWithoutGroup),
        Send("EarlierGroupBeforeDedupId", Url("orders.fifo") + Good("1") + kNoDedup2,
             ApiErrorCode::kBatchEntryWithoutGroup),
        Send("EarlierDedupIdBeforeGroup", Url("orders.fifo") + kNoDedup1 + kNoGroup2,
             ApiErrorCode::kMissingDedupId),
        Send("EarlierDedupIdBeforeSyntax", Url("orders.fifo") + kNoDedup1 + GoodFifo("/"),
             ApiErrorCode::kMissingDedupId),
        Send("EarlierSyntaxBeforeDedupId", Url("orders.fifo") + GoodFifo("/") + kNoDedup1,
             ApiErrorCode::kInvalidBatchEntryId),
        Send("SyntaxBeforeDedupIdInOne",
             Url("orders.fifo") + Entry(Id("/") + Body("a") + Group("g")),
             ApiErrorCode::kInvalidBatchEntryId),
        Send("DedupIdBeforeRepetitionInOne", Url("orders.fifo") + GoodFifo("1") + kNoDedup1,
             ApiErrorCode::kMissingDedupId),
        Send("EarlierDedupIdBeforeRepetition",
             Url("orders.fifo") + kNoDedup1 + GoodFifo("2") + GoodFifo("2"),
             ApiErrorCode::kMissingDedupId),
        Send("EarlierRepetitionBeforeDedupId",
             Url("orders.fifo") + GoodFifo("1") + GoodFifo("1") + kNoDedup2,
             ApiErrorCode::kBatchEntryIdRepeated),
        Send("NoDedupIdByContent", Url("content.fifo") + kNoDedup1 + kNoDedup1,
             ApiErrorCode::kBatchEntryIdRepeated),
        Send("GroupAfterContent", Url("content.fifo") + kNoDedup1 + kNoGroup2,
             ApiErrorCode::kBatchEntryWithoutGroup),
        Send("DedupIdBeforeSize",
             Url("orders.fifo") + Entry(Id("1") + Bytes(1'048'577) + Group("g")),
             ApiErrorCode::kMissingDedupId),
        Send("DedupIdBeforeValues",
             Url("orders.fifo") + Entry(Id("1") + Body("a") + Group("a b") + Dedup("d")) +
                 kNoDedup2,
             ApiErrorCode::kMissingDedupId),
        Send("DedupIdBeforeMissingBody", Url("orders.fifo") + Entry(Id("1") + Group("g")),
             ApiErrorCode::kMissingDedupId)),
    OrderCaseName);

}  // namespace
}  // namespace twinq::api
