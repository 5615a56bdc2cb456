#ifndef TWINQ_CLIENT_LOAD_ENGINE_MEASUREMENTS_H_
#define TWINQ_CLIENT_LOAD_ENGINE_MEASUREMENTS_H_

#include "client/load/engine/latency_histogram.h"
#include "client/load/engine/timeline.h"

namespace twinq::load {

// What one thread measures; those of all threads are added up.
//
// Thread-safety: one thread at a time.
struct Measurements {
  // From when a message was due to the answer to its first send.
  LatencyHistogram send;
  // From then to the answer that first delivered it.
  LatencyHistogram end_to_end;
  Timeline sent;
  Timeline received;  // First deliveries.

  void Merge(const Measurements& other) {
    send.Merge(other.send);
    end_to_end.Merge(other.end_to_end);
    sent.Merge(other.sent);
    received.Merge(other.received);
  }
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_MEASUREMENTS_H_
