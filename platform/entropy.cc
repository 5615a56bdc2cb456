#include "platform/entropy.h"

#include <cerrno>
#include <sys/random.h>

#include "core/base/check.h"

namespace twinq::platform {

uint64_t Entropy::Next() {
  if (used_ == drawn_.size()) Draw();
  return drawn_[used_++];
}

void Entropy::Draw() {
  auto* bytes = reinterpret_cast<unsigned char*>(drawn_.data());
  for (size_t filled = 0; filled < sizeof(drawn_);) {
    const ssize_t got = getrandom(bytes + filled, sizeof(drawn_) - filled, 0);
    // getrandom() fails only when interrupted or on a kernel without it, where no key is safe.
    TWINQ_CHECK(got >= 0 || errno == EINTR);
    if (got > 0) filled += static_cast<size_t>(got);
  }
  used_ = 0;
}

}  // namespace twinq::platform
