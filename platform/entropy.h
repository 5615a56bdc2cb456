#ifndef TWINQ_PLATFORM_ENTROPY_H_
#define TWINQ_PLATFORM_ENTROPY_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/random.h"

namespace twinq::platform {

// Random bits from the operating system, good enough for keys. Draws 4 KiB at a time, so that a
// draw costs nanoseconds; ends the process if the system has none to give.
//
// Thread-safety: one thread at a time.
class Entropy : public Random {
 public:
  uint64_t Next() override;

 private:
  void Draw();

  std::array<uint64_t, 512> drawn_{};
  size_t used_ = 512;
};

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_ENTROPY_H_
