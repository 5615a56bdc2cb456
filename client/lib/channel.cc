#include "client/lib/channel.h"

#include <string>

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"

namespace twinq::client {

std::shared_ptr<grpc::ChannelInterface> Connect(absl::string_view address) {
  grpc::ChannelArguments arguments;
  // Without it gRPC gives all channels to one address one connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(std::string(address), grpc::InsecureChannelCredentials(),
                                   arguments);
}

}  // namespace twinq::client
