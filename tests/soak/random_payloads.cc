#include "tests/soak/random_payloads.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"

#include "proto/twinq/v1/admin.pb.h"
#include "proto/twinq/v1/queue.pb.h"

namespace twinq::soak {
namespace {

constexpr uint64_t kBytesMax = 300;
constexpr absl::Duration kPause = absl::Milliseconds(50);

std::vector<std::string> AllMethods() {
  std::vector<std::string> methods = {"/grpc.health.v1.Health/Check",
                                      "/twinq.v1.QueueService/NoSuchMethod", "/nothing", "/"};
  for (const google::protobuf::FileDescriptor* file :
       {v1::SendMessageRequest::descriptor()->file(),
        v1::GetServerInfoRequest::descriptor()->file()}) {
    for (int i = 0; i < file->service_count(); ++i) {
      const google::protobuf::ServiceDescriptor& service = *file->service(i);
      for (int j = 0; j < service.method_count(); ++j) {
        methods.push_back(absl::StrCat("/", service.full_name(), "/", service.method(j)->name()));
      }
    }
  }
  return methods;
}

}  // namespace

RandomPayloads::RandomPayloads(const Target& target, uint64_t seed)
    : HostileClient("random bytes as requests of every method", target),
      random_(seed),
      methods_(AllMethods()),
      calls_(target.grpc_address) {}

void RandomPayloads::Misbehave() {
  for (const std::string& method : methods_) {
    if (target().stop.is_raised()) return;
    calls_.Begin(method, RandomBytes(), [this](Fate fate) { Count(fate); });
    calls_.AwaitEnds();
  }
  target().stop.Pause(kPause);
}

std::string RandomPayloads::RandomBytes() {
  std::string bytes(random_.Below(kBytesMax), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random_.Below(256));
  return bytes;
}

}  // namespace twinq::soak
