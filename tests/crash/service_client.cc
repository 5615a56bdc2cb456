#include "tests/crash/service_client.h"

#include "grpcpp/channel.h"

#include "client/lib/channel.h"

namespace twinq::crash {

bool ServiceClient::Connect() {
  const std::optional<std::string> address = location_.Await();
  if (!address.has_value()) return false;
  if (stub_ != nullptr && *address == address_) return true;
  address_ = *address;
  stub_ = std::make_unique<v1::QueueService::Stub>(client::Connect(address_));
  return true;
}

}  // namespace twinq::crash
