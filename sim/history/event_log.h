#ifndef TWINQ_SIM_HISTORY_EVENT_LOG_H_
#define TWINQ_SIM_HISTORY_EVENT_LOG_H_

#include <cstddef>
#include <vector>

namespace twinq::history {

// A list that only grows, in chunks.
//
// Guarantee: nothing that was added is ever moved, so no addition costs more than one chunk: a
// recorder must not stop a load generator for as long as copying a gigabyte takes.
template <typename Event>
class EventLog {
 public:
  void Add(const Event& event) {
    if (chunks_.empty() || chunks_.back().size() == kChunkEvents) {
      chunks_.emplace_back().reserve(kChunkEvents);
    }
    chunks_.back().push_back(event);
  }

  // Adds all events to `events`, in their order, and frees them here.
  void MoveTo(std::vector<Event>& events) {
    size_t count = events.size();
    for (const std::vector<Event>& chunk : chunks_) count += chunk.size();
    events.reserve(count);
    for (std::vector<Event>& chunk : chunks_) {
      events.insert(events.end(), chunk.begin(), chunk.end());
      std::vector<Event>().swap(chunk);
    }
    chunks_.clear();
  }

 private:
  static constexpr size_t kChunkEvents = 2048;

  std::vector<std::vector<Event>> chunks_;
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_EVENT_LOG_H_
