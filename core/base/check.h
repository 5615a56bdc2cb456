#ifndef TWINQ_CORE_BASE_CHECK_H_
#define TWINQ_CORE_BASE_CHECK_H_

namespace twinq::internal {

// Writes where and what failed to standard error and aborts.
[[noreturn]] void CheckFailed(const char* file, int line, const char* condition);

}  // namespace twinq::internal

// Ends the process when `condition` is false: one of our own invariants is broken and going on
// would spread the damage. On in every build. Never for what a client, a disk or a network may have
// caused: that is an absl::Status.
#define TWINQ_CHECK(condition)                                        \
  do {                                                                \
    if (!(condition)) [[unlikely]] {                                  \
      ::twinq::internal::CheckFailed(__FILE__, __LINE__, #condition); \
    }                                                                 \
  } while (false)

#endif  // TWINQ_CORE_BASE_CHECK_H_
