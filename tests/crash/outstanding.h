#ifndef TWINQ_TESTS_CRASH_OUTSTANDING_H_
#define TWINQ_TESTS_CRASH_OUTSTANDING_H_

#include <cstddef>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"

#include "platform/mutex.h"
#include "sim/history/event.h"

namespace twinq::crash {

// The messages that were acknowledged and that nobody has yet asked to delete, so that producers
// know when a queue has enough of them.
//
// Thread-safety: any thread.
class Outstanding {
 public:
  void Add(const history::MessageName& name);
  void Remove(const history::MessageName& name);
  void Clear();
  size_t size() const;

 private:
  mutable platform::Mutex mutex_;
  absl::flat_hash_set<history::MessageName> names_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_OUTSTANDING_H_
