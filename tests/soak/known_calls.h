#ifndef TWINQ_TESTS_SOAK_KNOWN_CALLS_H_
#define TWINQ_TESTS_SOAK_KNOWN_CALLS_H_

#include <string>

#include "absl/strings/match.h"

#include "core/base/clock.h"
#include "tests/crash/call.h"
#include "tests/crash/server_location.h"
#include "tests/crash/service_client.h"
#include "tests/soak/tally.h"

namespace twinq::soak {

// A connection for calls that are well formed, whatever they ask for.
//
// Thread-safety: one thread at a time.
class KnownCalls {
 public:
  // Borrows the clock.
  KnownCalls(const std::string& address, const Clock& clock) : service_(location_, clock) {
    location_.Started(address);
  }

  template <typename Request>
  auto Call(const Request& request) {
    return service_.Call(request, crash::kPatience);
  }
  crash::ServiceClient& service() { return service_; }

 private:
  crash::ServerLocation location_;
  crash::ServiceClient service_;
};

// A call without an answer of the service has lost its connection, unless gRPC itself found the
// request too large.
template <typename Response>
Fate FateOf(const crash::Answer<Response>& answer) {
  switch (answer.outcome) {
    case history::Outcome::kDone:
      return Fate::kDone;
    case history::Outcome::kRefused:
      return Fate::kRefused;
    case history::Outcome::kUnknown:
      break;
  }
  return absl::StrContains(answer.text, "larger than max") ? Fate::kRefused : Fate::kClosed;
}

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_KNOWN_CALLS_H_
