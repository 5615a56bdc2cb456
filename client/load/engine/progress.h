#ifndef TWINQ_CLIENT_LOAD_ENGINE_PROGRESS_H_
#define TWINQ_CLIENT_LOAD_ENGINE_PROGRESS_H_

#include <atomic>
#include <cstdint>

namespace twinq::load {

// How far a run is, for whoever watches it.
//
// Thread-safety: any thread may read and add.
struct Progress {
  std::atomic<int64_t> sent = 0;      // Messages that were acknowledged; repeats are not counted.
  std::atomic<int64_t> received = 0;  // First deliveries.
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_PROGRESS_H_
