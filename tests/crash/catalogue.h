#ifndef TWINQ_TESTS_CRASH_CATALOGUE_H_
#define TWINQ_TESTS_CRASH_CATALOGUE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"

#include "platform/mutex.h"

namespace twinq::crash {

// Which queues must be there, and which must not. A name is used for one queue only.
//
// Thread-safety: any thread.
class Catalogue {
 public:
  // To be said before the queue is asked for, or its end: until the answer it may be there or not.
  void Changing(const std::string& name);
  // To be said after the answer.
  void Made(const std::string& name);
  void Deleted(const std::string& name);

  // What is wrong with `names`, all that the server has while nobody asks it for changes: a
  // sentence for each queue that is missing, or there again, or that nobody made.
  std::vector<std::string> FaultsOf(const std::vector<std::string>& names) const;

 private:
  enum class State : uint8_t { kChanging, kThere, kGone };

  void Set(const std::string& name, State state);

  mutable platform::Mutex mutex_;
  std::map<std::string, State> states_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CATALOGUE_H_
