#include "tests/soak/broken_talk.h"

#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "tests/soak/http2_frames.h"
#include "tests/soak/raw_connection.h"

namespace twinq::soak {
namespace {

constexpr int kConnections = 20;  // At once.
constexpr absl::Duration kHold = absl::Milliseconds(300);
constexpr uint64_t kGarbageBytesMax = 20'000;
constexpr absl::string_view kSend = "/twinq.v1.QueueService/SendMessage";
constexpr size_t kDeclaredBytes = size_t{1} << 20;

// Until the server has nothing more to say.
Fate Await(RawConnection& connection) {
  for (;;) {
    const std::optional<std::string> bytes = connection.Receive(absl::ZeroDuration());
    if (!bytes.has_value()) return Fate::kClosed;
    if (bytes->empty()) return Fate::kLeft;
  }
}

}  // namespace

void BrokenTalk::Misbehave() {
  std::vector<std::unique_ptr<RawConnection>> connections;
  for (int i = 0; i < kConnections; ++i) {
    connections.push_back(std::make_unique<RawConnection>(target().grpc_address));
    connections.back()->Send(Nonsense());
  }
  target().stop.Pause(kHold);
  for (const auto& connection : connections) Count(Await(*connection));
}

std::string BrokenTalk::Nonsense() {
  const std::string greeting = absl::StrCat(kHttp2Preface, SettingsFrame(kHttp2WindowMax));
  switch (random_.Below(8)) {
    case 0:
      return RandomBytes(kGarbageBytesMax);
    case 1:
      return std::string(kHttp2Preface.substr(0, random_.Below(kHttp2Preface.size())));
    case 2:
      return greeting + RandomBytes(kGarbageBytesMax);
    case 3:
      return greeting + HeadersFrame(1, kSend);
    case 4: {  // Half a message, of which the rest never comes.
      const std::string message = WithLength(std::string(kDeclaredBytes, 'x'));
      return absl::StrCat(greeting, HeadersFrame(1, kSend),
                          DataFrame(1, message.substr(0, random_.Below(10'000)), 0));
    }
    case 5:  // A message that is longer than the stream.
      return absl::StrCat(
          greeting, HeadersFrame(1, kSend),
          DataFrame(1, absl::StrCat(absl::string_view("\0\xff\xff\xff\xff", 5), RandomBytes(100)),
                    kEndOfStream));
    case 6:  // A compression that nobody has agreed on.
      return absl::StrCat(
          greeting, HeadersFrame(1, kSend),
          DataFrame(1, absl::StrCat(absl::string_view("\1\0\0\0\4", 5), "abcd"), kEndOfStream));
    default:  // Data of a call that was never begun.
      return absl::StrCat(greeting, DataFrame(7, RandomBytes(100), kEndOfStream));
  }
}

std::string BrokenTalk::RandomBytes(uint64_t bytes_max) {
  std::string bytes(random_.Below(bytes_max), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random_.Below(256));
  return bytes;
}

}  // namespace twinq::soak
