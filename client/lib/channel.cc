#include "client/lib/channel.h"

#include <string>

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"

namespace twinq::client {
namespace {

// How long gRPC waits before it looks for a lost server again, at first and at most. Its own, one
// second and two minutes, would make a server's restart long.
constexpr int kReconnectMsFirst = 50;
constexpr int kReconnectMsMax = 1'000;

}  // namespace

std::shared_ptr<grpc::ChannelInterface> Connect(absl::string_view address) {
  grpc::ChannelArguments arguments;
  // Without it gRPC gives all channels to one address one connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMsFirst);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMsMax);
  return grpc::CreateCustomChannel(std::string(address), grpc::InsecureChannelCredentials(),
                                   arguments);
}

}  // namespace twinq::client
