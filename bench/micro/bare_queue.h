#ifndef TWINQ_BENCH_MICRO_BARE_QUEUE_H_
#define TWINQ_BENCH_MICRO_BARE_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace twinq::bench {

// The least that a queue in memory can be, and so the floor under the engine: messages in a slab, a
// hash map from id to slot, one list of what is available and one of what is in flight, in the
// order of their deadlines. No attributes, no expiry, no errors, no records.
//
// Guarantees: messages are received in the order of sending, each once.
// Cost: each operation O(1); a message takes 56 bytes of slot, its entry in the map, and its body's
// allocation.
class BareQueue {
 public:
  struct Received {
    uint64_t id;
    absl::string_view body;  // Valid until the message is deleted.
  };

  void Send(int64_t now_ns, uint64_t id, absl::string_view body);
  // REQUIRES: a message is available.
  Received Receive(int64_t now_ns);
  // REQUIRES: the message is in flight.
  void Delete(uint64_t id);

  size_t size() const { return slot_of_id_.size(); }

 private:
  using SlotIndex = uint32_t;
  static constexpr SlotIndex kNone = ~SlotIndex{0};
  static constexpr size_t kChunkSlots = 4096;

  struct Slot {
    uint64_t id = 0;
    uint64_t sequence = 0;
    int64_t sent_ns = 0;
    int64_t visible_at_ns = 0;
    std::unique_ptr<char[]> body;
    uint32_t body_bytes = 0;
    uint32_t receive_count = 0;
    SlotIndex previous = kNone;
    SlotIndex next = kNone;
  };
  struct List {
    SlotIndex head = kNone;
    SlotIndex tail = kNone;
  };

  Slot& At(SlotIndex index) { return chunks_[index / kChunkSlots][index % kChunkSlots]; }
  SlotIndex TakeFreeSlot();
  void Append(List& list, SlotIndex index);
  void Unlink(List& list, SlotIndex index);

  std::vector<std::unique_ptr<Slot[]>> chunks_;
  SlotIndex used_slots_ = 0;
  SlotIndex free_ = kNone;  // Linked by `next`.
  uint64_t next_sequence_ = 0;
  List available_;
  List in_flight_;
  absl::flat_hash_map<uint64_t, SlotIndex> slot_of_id_;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_BARE_QUEUE_H_
