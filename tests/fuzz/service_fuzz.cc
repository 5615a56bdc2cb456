// Several clients at once throw random calls at a server, which serves an ordinary client all
// along, and in the end finishes what is under way and ends.

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "proto/grpc/health/v1/health.pb.h"
#include "proto/twinq/v1/queue.pb.h"

#include "core/base/check.h"
#include "core/base/random.h"
#include "platform/monotonic_clock.h"
#include "platform/thread.h"
#include "tests/fuzz/random_client.h"
#include "tests/server/grpc/serving_shard.h"
#include "tests/server/grpc/wire_client.h"

namespace twinq {
namespace {

constexpr int kServerThreads = 2;
constexpr uint64_t kClients = 4;
constexpr int kChecks = 100;
constexpr absl::Duration kGrace = absl::Milliseconds(200);

struct Plan {
  uint64_t seed = 1;
  uint64_t rounds = 40;
  std::optional<int> minutes;
};

// Does what every client expects to work, on a queue that nobody else knows.
class OrdinaryClient {
 public:
  explicit OrdinaryClient(ServingShard& serving) : client_(*serving.client) {
    serving.shard.MakeQueue(kQueue);
  }

  void SendReceiveAndDelete(const std::string& body) {
    CheckHealth();
    v1::SendMessageRequest send;
    send.set_queue_url(kQueue);
    send.set_message_body(body);
    Ask<v1::SendMessageResponse>("SendMessage", send);
    v1::ReceiveMessageRequest receive;
    receive.set_queue_url(kQueue);
    const auto received = Ask<v1::ReceiveMessageResponse>("ReceiveMessage", receive);
    TWINQ_CHECK(received.messages_size() == 1 && received.messages(0).body() == body);
    v1::DeleteMessageRequest removal;
    removal.set_queue_url(kQueue);
    removal.set_receipt_handle(received.messages(0).receipt_handle());
    Ask<v1::DeleteMessageResponse>("DeleteMessage", removal);
  }

 private:
  static constexpr char kQueue[] = "ordinary";

  void CheckHealth() {
    const auto health = Ask<grpc::health::v1::HealthCheckResponse>(
        "/grpc.health.v1.Health/Check", grpc::health::v1::HealthCheckRequest());
    TWINQ_CHECK(health.status() == grpc::health::v1::HealthCheckResponse::SERVING);
  }

  template <typename Response>
  Response Ask(absl::string_view method, const google::protobuf::Message& request) {
    const WireAnswer answer = client_.Ask(method, request.SerializeAsString());
    if (!answer.status.ok()) {
      std::fprintf(stderr, "service_fuzz: %s\n", answer.status.ToString().c_str());
    }
    TWINQ_CHECK(answer.status.ok());
    Response response;
    TWINQ_CHECK(response.ParseFromString(answer.bytes));
    return response;
  }

  WireClient& client_;
};

// One server's life. Answers with how many random calls there were.
uint64_t Round(uint64_t seed) {
  ServingShard serving(kServerThreads);
  // It would say of each spoiled call what is wrong with it.
  SilenceGrpc();
  OrdinaryClient ordinary(serving);
  SeededRandom random(seed);
  std::vector<std::unique_ptr<RandomClient>> clients;
  for (uint64_t i = 0; i < kClients; ++i) {
    clients.push_back(std::make_unique<RandomClient>(serving.server->address(), seed + i));
  }
  std::atomic<bool> is_over = false;
  std::atomic<uint64_t> steps = 0;
  std::vector<platform::Thread> threads;
  for (const auto& client : clients) {
    threads.emplace_back("random client", [&client, &is_over, &steps] {
      for (; !is_over; ++steps) client->Step();
    });
  }
  for (int check = 0; check < kChecks; ++check) {
    ordinary.SendReceiveAndDelete(absl::StrCat("check ", check));
    serving.shard.clock.Advance(absl::Seconds(static_cast<int64_t>(random.Below(60))));
  }
  is_over = true;
  threads.clear();
  // Calls are still under way.
  serving.server->SetNotServing();
  serving.server->Shutdown(kGrace);
  return steps;
}

int Main(int argc, char** argv) {
  CLI::App app("Random calls on a server, from several clients at once.");
  Plan plan;
  app.add_option("--seed", plan.seed, "Of the first round")->capture_default_str();
  app.add_option("--rounds", plan.rounds, "How many servers")->capture_default_str();
  app.add_option("--minutes", plan.minutes, "For so long, instead of --rounds");
  CLI11_PARSE(app, argc, argv);
  const platform::MonotonicClock clock;
  const absl::Time begin = clock.Now();
  uint64_t steps = 0;
  uint64_t round = 0;
  const auto goes_on = [&] {
    if (!plan.minutes.has_value()) return round < plan.rounds;
    return clock.Now() - begin < absl::Minutes(*plan.minutes);
  };
  for (; goes_on(); ++round) {
    // To repeat it, should it be the last one.
    const uint64_t seed = plan.seed + round * kClients;
    std::printf("service_fuzz --rounds 1 --seed %s\n", absl::StrCat(seed).c_str());
    std::fflush(stdout);
    steps += Round(seed);
  }
  std::printf("%s random calls in %s rounds; the server served and ended\n",
              absl::StrCat(steps).c_str(), absl::StrCat(round).c_str());
  return 0;
}

}  // namespace
}  // namespace twinq

int main(int argc, char** argv) {
  try {
    return twinq::Main(argc, argv);
  } catch (const std::exception& error) {  // CLI11 throws.
    std::fprintf(stderr, "service_fuzz: %s\n", error.what());
    return 2;
  }
}
