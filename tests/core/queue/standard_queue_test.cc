#include "core/queue/standard_queue.h"

#include <vector>

#include "gtest/gtest.h"

#include "tests/support/messages.h"
#include "tests/support/recording_sink.h"

namespace twinq {
namespace {

TEST(StandardDeliveryTest, TellsWhatTheMessageIsAndWhatBecameOfIt) {
  MessageSlots slots;
  StandardQueue queue(QueueId(7), slots);
  RecordingSink sink;
  queue.Send(At(absl::ZeroDuration()), Message(5), SequenceNumber(11), sink);
  std::vector<Delivery> deliveries;
  queue.Receive(At(absl::Seconds(1)), {.messages = 1}, absl::Seconds(1), sink, deliveries);
  queue.EndDue(At(absl::Seconds(4)), 1, sink);
  deliveries.clear();

  queue.Receive(At(absl::Seconds(4)), {.messages = 1}, absl::Seconds(1), sink, deliveries);

  ASSERT_EQ(deliveries.size(), 1u);
  EXPECT_EQ(deliveries[0], (Delivery{.receipt = {.queue = QueueId(7),
                                                 .slot = 0,
                                                 .sequence = SequenceNumber(11),
                                                 .delivery = 2,
                                                 .received_at = At(absl::Seconds(4))},
                                     .id = Message(5).id,
                                     .body = Message(5).body,
                                     .body_bytes = Message(5).body_bytes,
                                     .group = {},
                                     .sent_at = At(absl::ZeroDuration()),
                                     .first_received_ms = At(absl::Seconds(1)).millis()}));
}

TEST(StandardQueueEndDueTest, KeepsToItsBudgetInOrderOfDeadlines) {
  MessageSlots slots;
  StandardQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  for (uint64_t n = 1; n <= 3; ++n) {
    queue.Send(At(absl::ZeroDuration()), Message(n), SequenceNumber(n), sink);
    queue.Receive(At(absl::ZeroDuration()), {.messages = 1}, absl::Seconds(10 - n), sink,
                  deliveries);
  }

  EXPECT_EQ(queue.EndDue(At(absl::Seconds(20)), 2, sink), 2);

  EXPECT_EQ(queue.counts(), (QueueCounts{.available = 2, .in_flight = 1}));
  EXPECT_EQ(queue.NextDeadline(), At(absl::Seconds(9)));
}

TEST(StandardQueuePurgeTest, MessagesAreOutOfReachAtOnceAndTheirSlotsFreedInSlices) {
  MessageSlots slots;
  StandardQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  for (uint64_t n = 1; n <= 3; ++n) {
    queue.Send(At(absl::ZeroDuration()), Message(n), SequenceNumber(n), sink);
  }
  queue.Receive(At(absl::ZeroDuration()), {.messages = 1}, absl::Seconds(10), sink, deliveries);
  std::vector<BodyRef> bodies;

  const std::unique_ptr<PurgedMessages> purged = queue.Purge(SequenceNumber(3));

  EXPECT_EQ(queue.counts(), QueueCounts());
  EXPECT_EQ(slots.used(), 3u);
  EXPECT_EQ(purged->Free(SequenceNumber(3), 2, bodies), 2);
  EXPECT_EQ(purged->freed_through(), SequenceNumber(2));
  EXPECT_EQ(purged->Free(SequenceNumber(3), 2, bodies), 1);
  EXPECT_TRUE(purged->empty());
  EXPECT_EQ(bodies, (std::vector<BodyRef>{BodyRef(1), BodyRef(2), BodyRef(3)}));
  EXPECT_EQ(slots.used(), 0u);
}

TEST(StandardQueueLateTest, AVisibilityWhoseEndIsNotDoneYetIsOverAllTheSame) {
  MessageSlots slots;
  StandardQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  queue.Send(At(absl::ZeroDuration()), Message(1), SequenceNumber(1), sink);
  queue.Receive(At(absl::ZeroDuration()), {.messages = 1}, absl::Seconds(10), sink, deliveries);
  const size_t records = sink.records().size();

  const auto error =
      queue.ChangeVisibility(At(absl::Seconds(10)), deliveries[0].receipt, absl::Seconds(60), sink);

  EXPECT_EQ(error, std::nullopt);
  EXPECT_EQ(sink.records().size(), records);
}

}  // namespace
}  // namespace twinq
