// Four threads at once on one shard: what must hold whatever they do.

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "journal/journal.h"
#include "journal/memory_journal.h"
#include "journal/volatile_journal.h"
#include "platform/thread.h"
#include "server/runtime/shard_runner.h"
#include "tests/server/runtime/running_shard.h"
#include "tests/support/seed.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

constexpr int kThreads = 4;
constexpr int kCommandsPerThread = 500;

// One client thread: asks at random, never waits, now and then cancels what it asked before.
class RandomClient {
 public:
  RandomClient(RunningShard& server, std::vector<QueueId> queues, uint64_t seed)
      : server_(server), queues_(std::move(queues)), random_(seed), name_(absl::StrCat(seed)) {}

  void Run() {
    for (int i = 0; i < kCommandsPerThread; ++i) {
      TestCommand& command = commands_.emplace_back(server_.board, NextCommand());
      ASSERT_THAT(server_.runner.Submit(command), IsOk());
      if (random_.Chance(0.3)) server_.runner.Cancel(commands_[random_.Below(commands_.size())]);
      if (random_.Chance(0.05)) server_.clock.Advance(absl::Milliseconds(100));
      if (random_.Chance(0.05)) server_.runner.RunDue();
    }
  }
  std::deque<TestCommand>& commands() { return commands_; }
  int sent() const { return sent_; }

 private:
  Command NextCommand() {
    const bool is_fifo = random_.Chance(0.5);
    const QueueId queue = queues_[is_fifo ? 1 : 0];
    if (random_.Chance(0.4)) {
      const std::string body = absl::StrCat(name_, "-", ++sent_);
      return SendToGroup(queue, is_fifo ? absl::StrCat("g", random_.Below(20)) : "", body);
    }
    if (random_.Chance(0.1)) return ListQueues{.prefix = "", .after = "", .names_max = 10};
    Command receive = Receive(queue, 1 + static_cast<int>(random_.Below(10)),
                              absl::Seconds(random_.Chance(0.7) ? 20 : 0));
    // What is received stays in flight, so that it is a fault to receive it again.
    std::get<ReceiveMessages>(receive).visibility = absl::Hours(12);
    return receive;
  }

  RunningShard& server_;
  const std::vector<QueueId> queues_;
  SeededRandom random_;
  const std::string name_;
  int sent_ = 0;
  std::deque<TestCommand> commands_;
};

struct JournalCase {
  const char* name;
  std::unique_ptr<Journal> (*make)();
};

class ShardRunnerRandomTest : public ::testing::TestWithParam<JournalCase> {};

// Every body that a command of the client was given, added to those known.
void CollectReceived(RandomClient& client, std::multiset<std::string>& bodies) {
  for (TestCommand& command : client.commands()) {
    ASSERT_EQ(command.reply_count(), 1);
    ASSERT_FALSE(std::holds_alternative<ApiError>(command.reply));
    if (!std::holds_alternative<MessagesReceived>(command.reply)) continue;
    for (std::string& body : Bodies(command.received())) bodies.insert(std::move(body));
  }
}

void RunRound(Journal& journal, uint64_t seed) {
  RunningShard server(journal);
  const std::vector<QueueId> queues = {server.MakeQueue("jobs"), server.MakeQueue("jobs.fifo")};
  std::deque<RandomClient> clients;
  for (uint64_t i = 0; i < kThreads; ++i) clients.emplace_back(server, queues, seed * kThreads + i);
  {
    std::deque<platform::Thread> threads;
    for (RandomClient& client : clients) {
      threads.emplace_back("client", [&client] { client.Run(); });
    }
  }
  server.runner.Drain();

  std::multiset<std::string> bodies;
  int sent = 0;
  for (RandomClient& client : clients) {
    for (TestCommand& command : client.commands()) command.AwaitReply();
    CollectReceived(client, bodies);
    sent += client.sent();
  }
  const std::set<std::string> distinct(bodies.begin(), bodies.end());
  EXPECT_EQ(bodies.size(), distinct.size()) << "a message was given twice";
  EXPECT_GT(bodies.size(), 0u);
  EXPECT_LE(bodies.size(), static_cast<size_t>(sent));
}

TEST_P(ShardRunnerRandomTest, EveryCommandIsAnsweredOnceAndNoMessageGivenTwice) {
  for (const uint64_t seed : SeedsOfRounds(5)) {
    SCOPED_TRACE(SeedTrace(seed));
    const std::unique_ptr<Journal> journal = GetParam().make();
    RunRound(*journal, seed);
  }
}

INSTANTIATE_TEST_SUITE_P(Journals, ShardRunnerRandomTest,
                         ::testing::Values(JournalCase{"Volatile",
                                                       []() -> std::unique_ptr<Journal> {
                                                         return std::make_unique<VolatileJournal>();
                                                       }},
                                           JournalCase{"Memory",
                                                       []() -> std::unique_ptr<Journal> {
                                                         return std::make_unique<MemoryJournal>();
                                                       }}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq
