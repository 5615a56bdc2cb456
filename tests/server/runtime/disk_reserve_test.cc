#include "server/runtime/disk_reserve.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/base/manual_clock.h"
#include "core/model/queue_name.h"
#include "tests/server/runtime/gated_journal.h"
#include "tests/server/runtime/running_shard.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr uint64_t kReserve = 1'000'000;
constexpr uint64_t kPlenty = 100 * kReserve;
constexpr QueueId kQueue = QueueId(1);

class DiskReserveTest : public ::testing::Test {
 protected:
  DiskReserveTest() {
    EXPECT_THAT(files_.MakeDirectory("data"), IsOk());
    files_.LimitBytes(kPlenty);
  }

  bool Passes(const Command& command) { return !reserve_.Judge(command).has_value(); }
  bool PassesSend(uint64_t bytes = 1) { return Passes(Send(kQueue, std::string(bytes, 'x'))); }
  static Command Create() {
    return CreateQueue{.name = *QueueName::Parse("jobs"), .attributes = {}};
  }

  MemoryFileSystem files_{1};
  ManualClock clock_{absl::UnixEpoch()};
  DiskReserve reserve_{files_, clock_, {.directory = "data", .reserve_bytes = kReserve}};
};

TEST_F(DiskReserveTest, WithRoomEverythingPasses) {
  EXPECT_TRUE(PassesSend());
  EXPECT_TRUE(Passes(Create()));
}

TEST_F(DiskReserveTest, AtTheReserveSendsAndNewQueuesAreRefused) {
  files_.LimitBytes(kReserve);

  EXPECT_FALSE(PassesSend());
  EXPECT_FALSE(Passes(Create()));
  const std::optional<ApiError> error = reserve_.Judge(Create());
  EXPECT_EQ(error, (ApiError{.code = ApiErrorCode::kDiskReserve, .value = "1000000"}));
}

TEST_F(DiskReserveTest, AtTheReserveEverythingElsePasses) {
  files_.LimitBytes(0);

  EXPECT_TRUE(Passes(Receive(kQueue, 1, absl::ZeroDuration())));
  EXPECT_TRUE(Passes(DeleteMessages{.queue = kQueue, .receipts = {Receipt()}}));
  EXPECT_TRUE(Passes(
      ChangeVisibility{.queue = kQueue, .entries = {{.receipt = Receipt(), .visibility = {}}}}));
  EXPECT_TRUE(Passes(PurgeQueue{kQueue}));
  EXPECT_TRUE(Passes(DeleteQueue{kQueue}));
  EXPECT_TRUE(Passes(ListQueues{.prefix = "", .after = "", .names_max = 1}));
}

TEST_F(DiskReserveTest, WhatPassesFitsIntoWhatWasFree) {
  files_.LimitBytes(kReserve + 10'000);

  int passed = 0;
  while (PassesSend(2'000)) ++passed;

  EXPECT_EQ(passed, 3);
}

TEST_F(DiskReserveTest, RoomThatComesBackIsSeenASecondLater) {
  files_.LimitBytes(kReserve);
  ASSERT_FALSE(PassesSend());
  files_.LimitBytes(kPlenty);

  clock_.Advance(DiskReserve::kLookInterval - absl::Nanoseconds(1));
  EXPECT_FALSE(PassesSend());
  clock_.Advance(absl::Nanoseconds(1));

  EXPECT_TRUE(PassesSend());
}

TEST_F(DiskReserveTest, TheVolumeIsAskedOnceASecondAndNotForEachMessage) {
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(PassesSend());

  EXPECT_EQ(files_.reads(), 1u);
}

TEST_F(DiskReserveTest, ABurstIsFollowedByALook) {
  ASSERT_TRUE(PassesSend());
  files_.LimitBytes(kReserve);

  uint64_t passed = 0;
  while (PassesSend(1'000'000)) ++passed;

  EXPECT_EQ(passed, DiskReserve::kLookBytes / 1'000'000 + 1);
}

TEST_F(DiskReserveTest, AVolumeThatCannotBeAskedCountsAsFull) {
  files_.FailAtRead(0);

  EXPECT_FALSE(PassesSend());
}

TEST_F(DiskReserveTest, AReserveOfNothingAsksNobody) {
  DiskReserve none(files_, clock_, {.directory = "data", .reserve_bytes = 0});
  files_.LimitBytes(0);

  EXPECT_EQ(none.Judge(Send(kQueue, "a")), std::nullopt);
  EXPECT_EQ(files_.reads(), 0u);
}

TEST_F(DiskReserveTest, ItsBeginAndEndAreLoggedOnce) {
  ::testing::internal::CaptureStderr();
  PassesSend();
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), IsEmpty());
  const auto log_at = [this](uint64_t free_bytes) {
    ::testing::internal::CaptureStderr();
    files_.LimitBytes(free_bytes);
    for (int i = 0; i < 3; ++i) {
      clock_.Advance(DiskReserve::kLookInterval);
      PassesSend();
    }
    return ::testing::internal::GetCapturedStderr();
  };

  const std::string low = log_at(kReserve);
  const std::string again = log_at(kPlenty);

  EXPECT_THAT(low, HasSubstr("level=warning event=sends_refused free_bytes=1000000 "
                             "reserve_bytes=1000000\n"));
  EXPECT_THAT(again, HasSubstr("level=info event=sends_taken_again free_bytes=100000000"));
  EXPECT_EQ(std::count(low.begin(), low.end(), '\n'), 1);
  EXPECT_EQ(std::count(again.begin(), again.end(), '\n'), 1);
}

// In a runner.
TEST_F(DiskReserveTest, ARefusalChangesNothingAndTheRestGoesOn) {
  GatedJournal journal;
  RunningShard server(journal, {.disk_reserve = &reserve_});
  const QueueId queue = server.MakeQueue("jobs");
  server.Ask(Send(queue, "before"));
  files_.LimitBytes(kReserve);
  clock_.Advance(DiskReserve::kLookInterval);
  const size_t records_before = journal.appended_records();

  const Reply sent = server.Ask(Send(queue, "refused"));
  const Reply created = server.Ask(Create());
  EXPECT_EQ(journal.appended_records(), records_before);
  const Reply received = server.Ask(Receive(queue, 10, absl::ZeroDuration()));
  files_.LimitBytes(kPlenty);
  clock_.Advance(DiskReserve::kLookInterval);
  const Reply sent_again = server.Ask(Send(queue, "after"));

  EXPECT_EQ(std::get<ApiError>(sent).code, ApiErrorCode::kDiskReserve);
  EXPECT_EQ(std::get<ApiError>(created).code, ApiErrorCode::kDiskReserve);
  EXPECT_EQ(Bodies(std::get<MessagesReceived>(received)), std::vector<std::string>{"before"});
  EXPECT_TRUE(std::holds_alternative<MessagesSent>(sent_again));
}

}  // namespace
}  // namespace twinq
