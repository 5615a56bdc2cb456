// MessageGroups beside a hash map of deques and a line of groups. A turn takes the first message of
// the group whose turn it is and adds one to a group drawn at random.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include <benchmark/benchmark.h>

#include "bench/micro/random_numbers.h"
#include "bench/micro/virtual_time.h"
#include "core/queue/message_groups.h"
#include "core/queue/message_slots.h"

namespace twinq::bench {
namespace {

constexpr int64_t kTurns = 1'000'000;
constexpr int64_t kMessages = 1'000'000;

class Groups {
 public:
  void Add(const GroupId& group) {
    const uint32_t index = slots_.NextFree();
    MessageSlot& slot = slots_.Take(index);
    sequence_ = sequence_.Next();
    now_ = now_ + kStep;
    slot.sequence = sequence_;
    slot.available_at = now_;
    groups_.Joined(index, group);
    slot.state = MessageSlot::State::kAvailable;
    groups_.BecameAvailable(index);
  }
  void Take() {
    const uint32_t index = groups_.Candidate();
    groups_.Taken(index);
    slots_[index].state = MessageSlot::State::kInFlight;
    groups_.Left(index);
    slots_.Free(index);
  }

 private:
  MessageSlots slots_;
  MessageGroups groups_{slots_};
  SequenceNumber sequence_;
  Timestamp now_ = kStart;
};

// Serves groups in turn, not in the order of their messages' times.
class MapOfDeques {
 public:
  void Add(const GroupId& group) {
    std::deque<uint64_t>& messages = groups_[group];
    if (messages.empty()) line_.push_back(group);
    messages.push_back(++sequence_);
  }
  void Take() {
    GroupId group = std::move(line_.front());
    line_.pop_front();
    const auto found = groups_.find(group);
    found->second.pop_front();
    if (found->second.empty()) {
      groups_.erase(found);
    } else {
      line_.push_back(std::move(group));
    }
  }

 private:
  absl::flat_hash_map<GroupId, std::deque<uint64_t>> groups_;
  std::deque<GroupId> line_;
  uint64_t sequence_ = 0;
};

template <typename Form>
void Turns(benchmark::State& state) {
  RandomNumbers random;
  const auto draw = [&] {
    const uint64_t group = random.Below(static_cast<uint64_t>(state.range(0)));
    return *GroupId::Parse(absl::StrCat("group-", group));
  };
  Form form;
  for (int64_t i = 0; i < kMessages; ++i) form.Add(draw());
  std::vector<GroupId> ids;
  ids.reserve(static_cast<size_t>(kTurns));
  for (int64_t i = 0; i < kTurns; ++i) ids.push_back(draw());
  auto next = ids.begin();
  for (auto _ : state) {
    form.Take();
    form.Add(*next++);
  }
  state.SetItemsProcessed(state.iterations());
}

void GroupCounts(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("groups")->Arg(1)->Arg(100)->Arg(10'000)->Arg(1'000'000)->Iterations(kTurns);
}

BENCHMARK(Turns<Groups>)->Name("message_groups/groups")->Apply(GroupCounts);
BENCHMARK(Turns<MapOfDeques>)->Name("message_groups/map")->Apply(GroupCounts);

}  // namespace
}  // namespace twinq::bench
