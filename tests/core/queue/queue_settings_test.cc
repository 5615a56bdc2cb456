#include "core/queue/queue_settings.h"

#include "gtest/gtest.h"

#include "tests/support/messages.h"

namespace twinq {
namespace {

constexpr SequenceNumber kLast{100};

TEST(QueueSettingsTest, AShorterDelayEndsWithItsNewValue) {
  const QueueSettings before{.attributes = {.delay = absl::Seconds(60)}};

  const QueueSettings after =
      before.ChangedBy({.delay = absl::Seconds(10)}, At(absl::Seconds(30)), kLast);

  EXPECT_EQ(after.DelayEnd({At(absl::Seconds(25)), SequenceNumber(1)}), At(absl::Seconds(35)));
  EXPECT_EQ(after.DelayEnd({At(absl::ZeroDuration()), SequenceNumber(1)}), At(absl::Seconds(10)));
}

TEST(QueueSettingsTest, ALongerDelayLeavesWhatIsOutOfItAlone) {
  const QueueSettings before{.attributes = {.delay = absl::Seconds(10)}};

  const QueueSettings after =
      before.ChangedBy({.delay = absl::Seconds(60)}, At(absl::Seconds(30)), kLast);

  EXPECT_LE(after.DelayEnd({At(absl::Seconds(20)), kLast}), At(absl::Seconds(30)));
  EXPECT_EQ(after.DelayEnd({At(absl::Seconds(20)) + absl::Nanoseconds(1), kLast}),
            At(absl::Seconds(80)) + absl::Nanoseconds(1));
}

TEST(QueueSettingsTest, ADelayThatBeginsAtTheInstantOfASendIsForLaterSendsOnly) {
  const Timestamp now = At(absl::Seconds(30));

  const QueueSettings after = QueueSettings().ChangedBy({.delay = absl::Seconds(60)}, now, kLast);

  EXPECT_LE(after.DelayEnd({now, kLast}), now);
  EXPECT_EQ(after.DelayEnd({now, kLast.Next()}), now + absl::Seconds(60));
}

TEST(QueueSettingsTest, WhatARetentionHasEndedStaysEnded) {
  const QueueSettings before{.attributes = {.retention = absl::Seconds(60)}};

  const QueueSettings after =
      before.ChangedBy({.retention = absl::Hours(1)}, At(absl::Seconds(100)), kLast);

  EXPECT_LE(after.RetentionEnd(At(absl::Seconds(40))), At(absl::Seconds(100)));
  EXPECT_EQ(after.RetentionEnd(At(absl::Seconds(41))), At(absl::Seconds(3'641)));
}

TEST(QueueSettingsTest, FloorsNeverFall) {
  const QueueSettings first{
      .attributes = {.delay = absl::Seconds(1), .retention = absl::Minutes(1)}};
  const QueueSettings second = first.ChangedBy(
      {.delay = absl::Minutes(15), .retention = absl::Hours(24)}, At(absl::Seconds(100)), kLast);

  const QueueSettings third = second.ChangedBy({}, At(absl::Seconds(101)), kLast);

  EXPECT_EQ(third, second);
}

}  // namespace
}  // namespace twinq
