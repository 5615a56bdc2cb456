#ifndef TWINQ_TESTS_CRASH_COMPLAINTS_H_
#define TWINQ_TESTS_CRASH_COMPLAINTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"

#include "platform/mutex.h"

namespace twinq::crash {

// Broken promises that are no matter of one queue's history: refusals for which there was no
// reason, queues that are gone or back.
//
// Thread-safety: any thread.
class Complaints {
 public:
  static constexpr size_t kKeptMax = 20;

  void Add(const std::string& text);

  int64_t count() const;
  std::vector<std::string> first() const;  // At most kKeptMax.

 private:
  mutable platform::Mutex mutex_;
  int64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<std::string> first_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_COMPLAINTS_H_
