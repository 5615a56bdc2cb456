#ifndef TWINQ_TESTS_CRASH_PROGRESS_H_
#define TWINQ_TESTS_CRASH_PROGRESS_H_

#include <atomic>
#include <cstdint>

namespace twinq::crash {

// What the clients have got done, all together.
//
// Thread-safety: any thread.
struct Progress {
  // Acknowledged: messages sent, deleted, or with their visibility changed; answers to receives
  // that brought something; queues created, purged or deleted.
  std::atomic<int64_t> operations = 0;
  std::atomic<int64_t> unknown = 0;  // The same, and receives, of which no answer came.
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_PROGRESS_H_
