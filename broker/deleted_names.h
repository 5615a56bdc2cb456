#ifndef TWINQ_BROKER_DELETED_NAMES_H_
#define TWINQ_BROKER_DELETED_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "broker/log_item.h"
#include "core/base/timestamp.h"

namespace twinq {

// The names of queues that were deleted less than 60 s ago: none of them can be a queue's again
// (SQS semantics 4.11). A name is free at exactly 60 s.
//
// Cost: O(log names) a call, and some 150 bytes a name. It holds what was deleted within one
// minute, and each name in it was that of a queue that took more.
class DeletedNames {
 public:
  // The queue had this name and was deleted then. Of two deletions of a name the later one counts.
  void Put(const DeletedNameItem& item, const std::string& name);

  // Whether the name was deleted less than 60 s before `now`.
  bool Holds(absl::string_view name, Timestamp now) const;
  // The name of the item, if it holds that at `now`; else null.
  const std::string* Find(const DeletedNameItem& item, Timestamp now) const;

  // When the oldest can be forgotten, or Timestamp::Infinite().
  Timestamp NextDeadline() const;
  // Forgets names that are free at `now`, at most `budget`. Returns how many.
  int Forget(Timestamp now, int budget);

  // Of all names together.
  uint64_t bytes() const { return bytes_; }
  size_t size() const { return by_time_.size(); }
  // Oldest first, as text.
  std::string Dump() const;

 private:
  void Remove(const DeletedNameItem& item);

  absl::btree_map<DeletedNameItem, std::string> by_time_;
  absl::flat_hash_map<std::string, DeletedNameItem> by_name_;
  uint64_t bytes_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_BROKER_DELETED_NAMES_H_
