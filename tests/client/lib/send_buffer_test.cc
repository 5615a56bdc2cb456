#include "client/lib/send_buffer.h"

#include <algorithm>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

namespace twinq::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr SendBuffer::Limits kLimits = {
    .messages_max = 3, .bytes_max = 100, .linger = absl::Milliseconds(5)};
const absl::Time kStart = absl::FromUnixSeconds(1'000);

void Add(SendBuffer& buffer, const std::string& body, const std::string& group = "g",
         absl::Time now = kStart) {
  buffer.Add({.message = {.body = body, .options = {.group_id = group}}, .on_outcome = nullptr},
             now);
}

std::vector<std::string> BodiesOf(const SendBuffer::Batch& batch) {
  std::vector<std::string> bodies;
  for (const OutgoingMessage& message : batch.messages) bodies.push_back(message.body);
  return bodies;
}

TEST(SendBufferTest, AMessageWaitsForCompanyUntilItHasLingered) {
  SendBuffer buffer(kLimits, QueueKind::kStandard);
  EXPECT_EQ(buffer.DueAt(), absl::InfiniteFuture());

  Add(buffer, "a");
  Add(buffer, "b", "g", kStart + absl::Milliseconds(1));

  EXPECT_EQ(buffer.DueAt(), kStart + absl::Milliseconds(5));
}

TEST(SendBufferTest, AFullBatchIsDueAtOnce) {
  SendBuffer by_count(kLimits, QueueKind::kStandard);
  for (const char* body : {"a", "b", "c"}) Add(by_count, body);
  SendBuffer by_bytes(kLimits, QueueKind::kStandard);
  Add(by_bytes, std::string(100, 'a'));

  EXPECT_EQ(by_count.DueAt(), absl::InfinitePast());
  EXPECT_EQ(by_bytes.DueAt(), absl::InfinitePast());
}

TEST(SendBufferTest, ABatchHoldsWhatFitsInTheOrderOfArrival) {
  SendBuffer buffer(kLimits, QueueKind::kStandard);
  for (const char* body : {"a", "b", "c", "d"}) Add(buffer, body);
  Add(buffer, std::string(99, 'e'));

  EXPECT_THAT(BodiesOf(buffer.Take()), ElementsAre("a", "b", "c"));
  EXPECT_THAT(BodiesOf(buffer.Take()), ElementsAre("d", std::string(99, 'e')));
  EXPECT_THAT(BodiesOf(buffer.Take()), IsEmpty());
}

TEST(SendBufferTest, AMessageThatIsTooLongGoesAlone) {
  SendBuffer buffer(kLimits, QueueKind::kStandard);
  Add(buffer, "a");
  Add(buffer, std::string(200, 'b'));
  Add(buffer, "c");

  EXPECT_THAT(BodiesOf(buffer.Take()), ElementsAre("a"));
  EXPECT_THAT(BodiesOf(buffer.Take()), ElementsAre(std::string(200, 'b')));
  EXPECT_THAT(BodiesOf(buffer.Take()), ElementsAre("c"));
}

TEST(SendBufferTest, AttributesCountOfTheSize) {
  const OutgoingMessage message{
      .body = "12345",
      .options = {.attributes = {{"name", {.data_type = "String", .value = "value"}}}}};

  EXPECT_EQ(SizeOf(message), 5u + 4u + 6u + 5u);
}

TEST(SendBufferTest, AGroupUnderWayGivesNothingUntilItIsBack) {
  SendBuffer buffer(kLimits, QueueKind::kFifo);
  Add(buffer, "a1", "a");
  const SendBuffer::Batch first = buffer.Take();
  Add(buffer, "a2", "a");
  Add(buffer, "b1", "b", kStart + absl::Milliseconds(1));

  EXPECT_EQ(buffer.DueAt(), kStart + absl::Milliseconds(6)) << "of b1, for a2 may not go";
  EXPECT_THAT(BodiesOf(buffer.Take()), ElementsAre("b1"));
  EXPECT_EQ(buffer.DueAt(), absl::InfiniteFuture());

  buffer.GiveBack(first);
  EXPECT_EQ(buffer.DueAt(), kStart + absl::Milliseconds(5));
  EXPECT_THAT(BodiesOf(buffer.Take()), ElementsAre("a2"));
}

TEST(SendBufferTest, AStandardQueueHasNoGroups) {
  SendBuffer buffer(kLimits, QueueKind::kStandard);
  Add(buffer, "a1", "a");
  buffer.Take();
  Add(buffer, "a2", "a");

  EXPECT_THAT(BodiesOf(buffer.Take()), ElementsAre("a2"));
}

// The obvious form: a list that is read from its beginning.
class ListBuffer {
 public:
  void Add(const std::string& body, const std::string& group) {
    waiting_.push_back({.body = body, .options = {.group_id = group}});
  }

  std::vector<std::string> Take(const SendBuffer::Limits& limits) {
    std::vector<std::string> bodies;
    std::set<std::string> groups;
    size_t bytes = 0;
    for (auto place = waiting_.begin(); place != waiting_.end();) {
      if (IsBusy(*place)) {
        ++place;
        continue;
      }
      if (bodies.size() == limits.messages_max) break;
      if (!bodies.empty() && bytes + place->body.size() > limits.bytes_max) break;
      bytes += place->body.size();
      bodies.push_back(place->body);
      groups.insert(*place->options.group_id);
      place = waiting_.erase(place);
    }
    busy_.insert(groups.begin(), groups.end());
    return bodies;
  }

  void GiveBack(const SendBuffer::Batch& batch) {
    for (const OutgoingMessage& message : batch.messages) busy_.erase(*message.options.group_id);
  }

  size_t messages_ready() const {
    const auto may_go = [this](const OutgoingMessage& message) { return !IsBusy(message); };
    return static_cast<size_t>(std::count_if(waiting_.begin(), waiting_.end(), may_go));
  }

 private:
  bool IsBusy(const OutgoingMessage& message) const {
    return busy_.contains(*message.options.group_id);
  }

  std::deque<OutgoingMessage> waiting_;
  std::set<std::string> busy_;
};

TEST(SendBufferTest, DoesWhatAListWouldDo) {
  constexpr SendBuffer::Limits kSmall = {
      .messages_max = 4, .bytes_max = 20, .linger = absl::ZeroDuration()};
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    SendBuffer buffer(kSmall, QueueKind::kFifo);
    ListBuffer list;
    std::deque<SendBuffer::Batch> under_way;
    for (int step = 0; step < 1'000; ++step) {
      const uint64_t what = random.Below(4);
      if (what < 2) {
        const std::string group(1, static_cast<char>('a' + random.Below(6)));
        const std::string body = std::to_string(step) + std::string(random.Below(12), '.');
        Add(buffer, body, group);
        list.Add(body, group);
      } else if (what == 2) {
        under_way.push_back(buffer.Take());
        ASSERT_EQ(BodiesOf(under_way.back()), list.Take(kSmall));
      } else if (!under_way.empty()) {
        buffer.GiveBack(under_way.front());
        list.GiveBack(under_way.front());
        under_way.pop_front();
      }
      ASSERT_EQ(buffer.messages_ready(), list.messages_ready());
    }
  }
}

}  // namespace
}  // namespace twinq::client
