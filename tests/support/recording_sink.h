#ifndef TWINQ_TESTS_SUPPORT_RECORDING_SINK_H_
#define TWINQ_TESTS_SUPPORT_RECORDING_SINK_H_

#include <variant>
#include <vector>

#include "core/queue/queue.h"
#include "core/queue/queue_record.h"

namespace twinq {

using QueueRecord = std::variant<MessagePut, Delivered, VisibilitySet, MessageRemoved>;

// Keeps what a queue emits.
class RecordingSink : public RecordSink {
 public:
  void Emit(MessagePut&& record) override;
  void Emit(const Delivered& record) override;
  void Emit(const VisibilitySet& record) override;
  void Emit(const MessageRemoved& record, BodyRef freed) override;

  const std::vector<QueueRecord>& records() const { return records_; }
  const std::vector<BodyRef>& freed() const { return freed_; }  // One per MessageRemoved.
  // Applies everything so far to another queue.
  void ReplayInto(Queue& queue) const;

 private:
  std::vector<QueueRecord> records_;
  std::vector<BodyRef> freed_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_RECORDING_SINK_H_
