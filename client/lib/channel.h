#ifndef TWINQ_CLIENT_LIB_CHANNEL_H_
#define TWINQ_CLIENT_LIB_CHANNEL_H_

#include <memory>

#include "absl/strings/string_view.h"

namespace grpc {
class ChannelInterface;
}

namespace twinq::client {

// A channel to the server at `address` ("127.0.0.1:9323", "localhost:9323", "[::1]:9323"), without
// encryption.
//
// Guarantee: each channel has a connection of its own, so that several channels to one server do
// not wait for each other's turn on a socket.
// Errors: none here. The connection is made by the first call, which answers Unavailable when there
// is no server.
// Thread-safety: a channel may be used from any thread, by any number of QueueClients.
std::shared_ptr<grpc::ChannelInterface> Connect(absl::string_view address);

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_CHANNEL_H_
