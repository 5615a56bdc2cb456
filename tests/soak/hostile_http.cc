#include "tests/soak/hostile_http.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "tests/soak/raw_connection.h"

namespace twinq::soak {
namespace {

constexpr absl::Duration kPatience = absl::Milliseconds(300);
constexpr absl::Duration kPause = absl::Milliseconds(100);
constexpr size_t kMuch = 50'000;

}  // namespace

void HostileHttp::Misbehave() {
  RawConnection connection(target().metrics_address);
  connection.Send(Nonsense());
  const std::optional<std::string> answer = connection.Receive(kPatience);
  if (!answer.has_value()) {
    Count(Fate::kClosed);
  } else if (answer->empty()) {
    Count(Fate::kLeft);
  } else {
    Count(absl::StrContains(*answer, " 200 ") ? Fate::kDone : Fate::kRefused);
  }
  target().stop.Pause(kPause);
}

std::string HostileHttp::Nonsense() {
  switch (random_.Below(6)) {
    case 0:
      return std::string(kMuch, '\0');
    case 1:
      return absl::StrCat("GET /", std::string(kMuch, 'x'));
    case 2:
      return "GET /metrics HTT";
    case 3:
      return "POST /metrics HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\nabc";
    case 4:
      return "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n";
    default:
      return absl::StrCat("GET /healthz HTTP/1.1\r\nHost: ", std::string(kMuch, 'h'), "\r\n\r\n");
  }
}

}  // namespace twinq::soak
