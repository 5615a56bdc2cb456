#include "tests/support/recording_sink.h"

#include <utility>

namespace twinq {

void RecordingSink::Emit(MessagePut&& record) { records_.emplace_back(std::move(record)); }

void RecordingSink::Emit(const Delivered& record) { records_.emplace_back(record); }

void RecordingSink::Emit(const VisibilitySet& record) { records_.emplace_back(record); }

void RecordingSink::Emit(const MessageRemoved& record, BodyRef freed) {
  records_.emplace_back(record);
  freed_.push_back(freed);
}

void RecordingSink::ReplayInto(Queue& queue) const {
  for (const QueueRecord& record : records_) {
    std::visit([&queue](const auto& alternative) { queue.Apply(alternative); }, record);
  }
}

}  // namespace twinq
