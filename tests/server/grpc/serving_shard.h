#ifndef TWINQ_TESTS_SERVER_GRPC_SERVING_SHARD_H_
#define TWINQ_TESTS_SERVER_GRPC_SERVING_SHARD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "proto/twinq/v1/queue.pb.h"

#include "journal/volatile_journal.h"
#include "server/grpc/grpc_server.h"
#include "tests/server/grpc/watched_sink.h"
#include "tests/server/grpc/wire_client.h"
#include "tests/server/runtime/running_shard.h"

namespace twinq {

// A gRPC front end on a free port before a real shard, whose clock stands still, and a client of
// it. There is a standard queue "jobs" and a FIFO queue "orders.fifo".
class ServingShard {
 public:
  explicit ServingShard(int threads = 1);

  WireAnswer Send(const std::string& body);
  // A receive of up to ten messages that does not wait.
  std::vector<v1::Message> Receive();
  std::vector<std::string> ReceiveBodies();
  // Begins a long poll of `client` and waits until it waits in the shard.
  std::unique_ptr<WireClient::Call> BeginLongPoll(WireClient& client,
                                                  absl::Duration deadline = absl::Minutes(1));
  // Which delivery of its message the handle stands for: 1 for the first receive.
  uint32_t DeliveryOf(const v1::Message& message) const;

  VolatileJournal journal;
  RunningShard shard{journal};
  WatchedSink sink{shard.runner};
  const api::Backend backend{sink, shard.shard.receipt_key()};
  std::unique_ptr<GrpcServer> server;
  std::unique_ptr<WireClient> client;

 private:
  int receives_ = 0;
};

// A long poll of "jobs" for up to ten messages.
std::string LongPollRequest();
// REQUIRES: the answer is a ReceiveMessageResponse.
std::vector<std::string> BodiesOf(const WireAnswer& answer);

}  // namespace twinq

#endif  // TWINQ_TESTS_SERVER_GRPC_SERVING_SHARD_H_
