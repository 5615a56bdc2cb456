#include "core/queue/fifo_queue.h"

#include <vector>

#include "gtest/gtest.h"

#include "tests/support/messages.h"
#include "tests/support/recording_sink.h"

namespace twinq {
namespace {

TEST(FifoDuplicateTest, RepeatsTheAnswerOfTheOriginalAndEmitsNothing) {
  MessageSlots slots;
  FifoQueue queue(QueueId(1), slots);
  RecordingSink sink;
  NewMessage again = FifoMessage(2, "g");
  again.dedup = Dedup(1);
  queue.Send(At(absl::ZeroDuration()), FifoMessage(1, "g"), SequenceNumber(10), sink);

  const SentMessage answer = queue.Send(At(absl::Seconds(1)), again, SequenceNumber(11), sink);

  EXPECT_EQ(answer, (SentMessage{.outcome = SentMessage::Outcome::kDuplicate,
                                 .id = Message(1).id,
                                 .sequence = SequenceNumber(10)}));
  EXPECT_EQ(sink.records().size(), 1u);
}

TEST(FifoDeliveryTest, NamesTheGroup) {
  MessageSlots slots;
  FifoQueue queue(QueueId(1), slots);
  RecordingSink sink;
  queue.Send(At(absl::ZeroDuration()), FifoMessage(1, "orders"), SequenceNumber(10), sink);
  std::vector<Delivery> deliveries;

  queue.Receive(At(absl::Seconds(2)), {.messages = 10}, absl::Seconds(1), sink, deliveries);

  ASSERT_EQ(deliveries.size(), 1u);
  EXPECT_EQ(deliveries[0].group, Group("orders"));
  EXPECT_EQ(deliveries[0].sent_at, At(absl::ZeroDuration()));
  EXPECT_EQ(deliveries[0].first_received_ms, At(absl::Seconds(2)).millis());
}

// Rule F3 holds for what the credit cuts, too.
TEST(FifoDeliveryTest, StopsWhereTheBytesDoAndTheGroupStaysLocked) {
  MessageSlots slots;
  FifoQueue queue(QueueId(1), slots);
  RecordingSink sink;
  for (uint64_t n = 1; n <= 3; ++n) {
    NewMessage message = FifoMessage(n, "g");
    message.body_bytes = 100;
    queue.Send(At(absl::ZeroDuration()), std::move(message), SequenceNumber(n), sink);
  }
  std::vector<Delivery> deliveries;

  queue.Receive(At(absl::ZeroDuration()), {.messages = 10, .bytes = 299}, absl::Seconds(10), sink,
                deliveries);
  EXPECT_EQ(deliveries.size(), 2u);

  queue.Receive(At(absl::ZeroDuration()), {.messages = 10}, absl::Seconds(10), sink, deliveries);
  EXPECT_EQ(deliveries.size(), 2u);
}

TEST(FifoLateTest, AHandleWhoseEndIsNotDoneYetIsDeadAllTheSame) {
  MessageSlots slots;
  FifoQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  queue.Send(At(absl::ZeroDuration()), FifoMessage(1, "g"), SequenceNumber(1), sink);
  queue.Receive(At(absl::ZeroDuration()), {.messages = 1}, absl::Seconds(10), sink, deliveries);

  const auto error = queue.Delete(At(absl::Seconds(10)), deliveries[0].receipt, sink);

  EXPECT_EQ(error, ApiErrorCode::kReceiptHandleExpired);
}

TEST(FifoEndDueTest, BudgetCoversVisibilitiesAndDedupEntries) {
  MessageSlots slots;
  FifoQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  for (uint64_t n = 1; n <= 3; ++n) {
    queue.Send(At(absl::ZeroDuration()), FifoMessage(n, "g"), SequenceNumber(n), sink);
  }
  queue.Receive(At(absl::ZeroDuration()), {.messages = 10}, absl::Seconds(10), sink, deliveries);

  EXPECT_EQ(queue.EndDue(At(absl::Minutes(5)), 4, sink), 4);
  EXPECT_EQ(queue.NextDeadline(), At(absl::Minutes(5)));
  EXPECT_EQ(queue.EndDue(At(absl::Minutes(5)), 4, sink), 2);
  EXPECT_EQ(queue.NextDeadline(), At(kRetentionDefault));
}

}  // namespace
}  // namespace twinq
