#include "tests/crash/server_location.h"

namespace twinq::crash {

void ServerLocation::Started(const std::string& address) {
  const platform::MutexLock lock(mutex_);
  address_ = address;
  changed_.NotifyAll();
}

void ServerLocation::Gone() {
  const platform::MutexLock lock(mutex_);
  address_.clear();
  changed_.NotifyAll();
}

void ServerLocation::GiveUp() {
  const platform::MutexLock lock(mutex_);
  is_given_up_ = true;
  changed_.NotifyAll();
}

bool ServerLocation::is_given_up() {
  const platform::MutexLock lock(mutex_);
  return is_given_up_;
}

std::optional<std::string> ServerLocation::Await() {
  const platform::MutexLock lock(mutex_);
  while (address_.empty() && !is_given_up_) changed_.Wait(mutex_);
  if (is_given_up_) return std::nullopt;
  return address_;
}

void ServerLocation::Pause(absl::Duration span) {
  const platform::MutexLock lock(mutex_);
  if (!is_given_up_) changed_.WaitFor(mutex_, span);
}

}  // namespace twinq::crash
