// Loaded into a server before the C library, a clock that is set while the server runs: its time of
// day is that of the machine and so many nanoseconds more as the first eight bytes of the file say
// that TWINQ_MOVED_CLOCK names. The file must be there at the start; who sets the clock maps it,
// too. The kernel's clock stays as it is, so waits that end at a time of day, as Abseil has the
// kernel do, are moved back to it when they begin.

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>

namespace {

using Offset = std::atomic<int64_t>;
using GetTime = int(clockid_t, timespec*);
using SystemCall = long(long, ...);  // NOLINT(google-runtime-int): the C library's.

constexpr int64_t kNanosPerSecond = 1'000'000'000;

// Null: the clock is as it is.
const Offset* MapOffset() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment.
  const char* path = std::getenv("TWINQ_MOVED_CLOCK");
  const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* mapped = mmap(nullptr, sizeof(Offset), PROT_READ, MAP_SHARED, file, 0);
  return mapped == MAP_FAILED ? nullptr : static_cast<const Offset*>(mapped);
}

int64_t OffsetNanos() {
  static const Offset* const offset = MapOffset();
  return offset == nullptr ? 0 : offset->load();
}

timespec Moved(const timespec& time, int64_t by_nanos) {
  const int64_t nanos = time.tv_sec * kNanosPerSecond + time.tv_nsec + by_nanos;
  return {.tv_sec = nanos / kNanosPerSecond, .tv_nsec = nanos % kNanosPerSecond};
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  static GetTime* const real = reinterpret_cast<GetTime*>(dlsym(RTLD_NEXT, "clock_gettime"));
  const int result = real(clock, time);
  if (result == 0 && clock == CLOCK_REALTIME) *time = Moved(*time, OffsetNanos());
  return result;
}

// NOLINTNEXTLINE(google-runtime-int, cert-dcl50-cpp): the C library's.
long syscall(long number, ...) noexcept {
  static SystemCall* const real = reinterpret_cast<SystemCall*>(dlsym(RTLD_NEXT, "syscall"));
  std::array<void*, 6> arguments = {};
  va_list list;
  va_start(list, number);
  for (void*& argument : arguments) argument = va_arg(list, void*);
  va_end(list);
  timespec moved = {};
  const auto operation = reinterpret_cast<uintptr_t>(arguments[1]);
  if (number == SYS_futex && (operation & FUTEX_CLOCK_REALTIME) != 0 && arguments[3] != nullptr) {
    moved = Moved(*static_cast<const timespec*>(arguments[3]), -OffsetNanos());
    arguments[3] = &moved;
  }
  return real(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
              arguments[5]);
}

}  // extern "C"
