// What a broker has written makes another one like it.

#include <limits>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "broker/broker.h"
#include "broker/record_codec.h"
#include "tests/support/describe.h"
#include "tests/support/messages.h"
#include "tests/support/random_commands.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

constexpr int kNoBudget = std::numeric_limits<int>::max();
constexpr int kCommandsBefore = 3'000;
constexpr int kCommandsAfter = 1'000;

// A broker that is given commands as they come; now and then the timer runs, in slices of any size.
class RandomRun {
 public:
  explicit RandomRun(uint64_t seed) : commands_(seed), slices_(~seed) {
    broker_.Start(ReceiptKey{1}, outcome_);
    TakeIn();
  }

  void Run(int commands) {
    for (int i = 0; i < commands && !::testing::Test::HasFailure(); ++i) Step(nullptr);
  }
  // Does the same to a replica, which must answer the same.
  void RunBeside(Broker& replica, int commands) {
    for (int i = 0; i < commands && !::testing::Test::HasFailure(); ++i) {
      SCOPED_TRACE(absl::StrCat("command ", i));
      Step(&replica);
    }
  }
  // A restart forgets who waits. What is due is done, with its records: a replica would do it in an
  // order of its own.
  void Settle() {
    for (const CancelWaiter& cancel : commands_.Waiting()) Do(cancel, nullptr);
    // Each call frees the messages of one purge or one removed queue.
    while (Advance(kNoBudget, nullptr) <= now_) continue;
  }
  void Pass(absl::Duration span) { now_ = now_ + span; }
  void RemoveQueues() {
    for (const QueueState* queue : broker_.queues()) Do(DeleteQueue{queue->id}, nullptr);
  }
  Timestamp Advance(int budget, Broker* replica) {
    outcome_.Clear();
    const Timestamp next = broker_.Advance(now_, budget, outcome_);
    commands_.Learn(Done(), outcome_);
    TakeIn();
    if (replica == nullptr) return next;
    Outcome outcome;
    EXPECT_EQ(replica->Advance(now_, budget, outcome), next);
    EXPECT_EQ(Describe(outcome), Describe(outcome_));
    return next;
  }

  Broker& broker() { return broker_; }
  const std::vector<Record>& log() const { return log_; }
  Timestamp now() const { return now_; }
  // Bodies that were stored and not freed.
  size_t live_bodies() const { return live_.size(); }

 private:
  void Step(Broker* replica) {
    now_ = now_ + commands_.NextPause();
    if (slices_.Chance(0.1)) Advance(static_cast<int>(slices_.Below(20)), replica);
    Do(commands_.Next(), replica);
  }
  void Do(const Command& command, Broker* replica) {
    outcome_.Clear();
    const std::optional<Reply> reply = broker_.Handle(now_, Command(command), outcome_);
    commands_.Learn(reply, outcome_);
    TakeIn();
    if (replica == nullptr) return;
    Outcome outcome;
    EXPECT_EQ(Describe(replica->Handle(now_, Command(command), outcome)), Describe(reply));
    EXPECT_EQ(Describe(outcome), Describe(outcome_));
  }
  void TakeIn() {
    for (const Record& record : outcome_.records) {
      log_.push_back(record);
      if (const auto* put = std::get_if<MessagePut>(&record)) {
        EXPECT_TRUE(live_.insert(put->body).second);
      }
    }
    for (const BodyRef body : outcome_.freed) EXPECT_EQ(live_.erase(body), 1u) << "freed twice";
  }

  Broker broker_;
  RandomCommands commands_;
  SeededRandom slices_;
  Timestamp now_ = At(absl::ZeroDuration());
  Outcome outcome_;
  std::vector<Record> log_;
  std::set<BodyRef> live_;
};

enum class Way : uint8_t { kDirect, kThroughTheCodec };

Record Coded(const Record& record) {
  const auto* put = std::get_if<MessagePut>(&record);
  const std::string body(put == nullptr ? 0 : put->body_bytes, 'b');
  const std::string bytes = EncodeRecord(record, body);
  auto decoded = DecodeRecord(bytes);
  EXPECT_TRUE(decoded.ok()) << decoded.status();
  if (put != nullptr) std::get<MessagePut>(decoded->record).body = put->body;
  return decoded->record;
}

class ReplayTest : public ::testing::TestWithParam<Way> {
 protected:
  static std::unique_ptr<Broker> Replayed(const std::vector<Record>& log) {
    auto replica = std::make_unique<Broker>();
    for (const Record& record : log) {
      replica->Apply(GetParam() == Way::kDirect ? record : Coded(record));
    }
    return replica;
  }
  // Both have done all that is due now, and are equal.
  static void ExpectEqual(RandomRun& run, Broker& replica) {
    EXPECT_EQ(replica.newest_record_at(), run.broker().newest_record_at());
    EXPECT_EQ(replica.receipt_key(), run.broker().receipt_key());
    Outcome nothing;
    const Timestamp next = replica.Advance(run.now(), kNoBudget, nothing);
    EXPECT_EQ(Describe(nothing), "");
    run.Advance(kNoBudget, nullptr);
    EXPECT_EQ(replica.Advance(run.now(), kNoBudget, nothing), next);
    EXPECT_EQ(replica.Dump(), run.broker().Dump());
    EXPECT_EQ(replica.memory_counts(), run.broker().memory_counts());
  }
};

TEST_P(ReplayTest, GivesTheSameStateAndTheSameAnswersToAllThatFollows) {
  for (const uint64_t seed : SeedsOfRounds(15)) {
    SCOPED_TRACE(SeedTrace(seed));
    RandomRun run(seed);
    run.Run(kCommandsBefore);
    run.Settle();

    const std::unique_ptr<Broker> replica = Replayed(run.log());

    ExpectEqual(run, *replica);
    run.RunBeside(*replica, kCommandsAfter);
    EXPECT_EQ(replica->Dump(), run.broker().Dump());
    if (HasFailure()) return;
  }
}

TEST_P(ReplayTest, OfAReplicasOwnRecordsGivesTheSameStateAgain) {
  const uint64_t seed = SeedsOfRounds(1).front();
  SCOPED_TRACE(SeedTrace(seed));
  RandomRun run(seed);
  for (int round = 0; round < 10; ++round) {
    run.Run(500);
    run.Settle();
    ExpectEqual(run, *Replayed(run.log()));
  }
}

INSTANTIATE_TEST_SUITE_P(Ways, ReplayTest, ::testing::Values(Way::kDirect, Way::kThroughTheCodec),
                         [](const auto& test) {
                           return test.param == Way::kDirect ? "Direct" : "ThroughTheCodec";
                         });

TEST(ReplayedBodiesTest, ApplyFreesWhatHandleFreed) {
  for (const uint64_t seed : SeedsOfRounds(5)) {
    SCOPED_TRACE(SeedTrace(seed));
    RandomRun run(seed);
    run.Run(kCommandsBefore);
    Broker replica;
    size_t stored = 0;
    size_t freed = 0;

    for (const Record& record : run.log()) {
      stored += std::holds_alternative<MessagePut>(record) ? 1 : 0;
      freed += replica.Apply(record).size();
    }

    EXPECT_EQ(stored - freed, run.live_bodies());
    EXPECT_GT(freed, 0u);
  }
}

TEST(MemoryCountsTest, NothingIsLeftWhenTheQueuesAreGone) {
  for (const uint64_t seed : SeedsOfRounds(5)) {
    SCOPED_TRACE(SeedTrace(seed));
    RandomRun run(seed);
    run.Run(kCommandsBefore);
    EXPECT_GT(run.broker().memory_counts().queues, 0u);

    run.RemoveQueues();
    run.Pass(kDeletedNameInterval);
    // A call frees what one of them had.
    for (int i = 0; i < kCommandsBefore; ++i) run.Advance(kNoBudget, nullptr);

    EXPECT_EQ(run.broker().memory_counts(), MemoryCounts());
  }
}

// The random commands reach what they are meant to reach.
TEST(RandomCommandsTest, EveryKindOfRecordButCopiesComesUp) {
  RandomRun run(SeedsOfRounds(1).front());
  run.Run(kCommandsBefore);
  std::set<size_t> kinds;

  for (const Record& record : run.log()) kinds.insert(record.index());

  EXPECT_EQ(kinds.size(), std::variant_size_v<Record> - 1) << "all but DedupPut";
}

}  // namespace
}  // namespace twinq
