#ifndef TWINQ_TESTS_FUZZ_RANDOM_CLIENT_H_
#define TWINQ_TESTS_FUZZ_RANDOM_CLIENT_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "absl/time/time.h"

#include "core/base/random.h"
#include "tests/fuzz/plausible_request.h"
#include "tests/server/grpc/wire_client.h"

namespace twinq {

// A client that calls whatever method there is, and some that are not, with plausible, spoiled and
// random bytes and metadata, has several calls under way, gives up on some, and at times talks
// HTTP/2 badly on a connection of its own. It touches the queues that FillInPlausibly() names, and
// no other.
//
// Thread-safety: one thread. Lifetime: calls may be under way until its end.
class RandomClient {
 public:
  RandomClient(const std::string& address, uint64_t seed)
      : address_(address), random_(seed), client_(address) {}

  // One more call, which may be waited for.
  void Step();

 private:
  struct Request {
    std::string method;
    std::string bytes;
  };

  Request NextRequest();
  Request PlausibleRequest();
  WireClient::Metadata NextMetadata();
  absl::Duration NextDeadline();
  // Waits for the oldest call, which must have ended as a server would end it.
  void AwaitOldest();

  const std::string address_;
  SeededRandom random_;
  WireClient client_;
  std::deque<std::unique_ptr<WireClient::Call>> calls_;  // Under way, by age.
  LearnedTexts learned_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_FUZZ_RANDOM_CLIENT_H_
