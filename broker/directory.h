#ifndef TWINQ_BROKER_DIRECTORY_H_
#define TWINQ_BROKER_DIRECTORY_H_

#include <array>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "core/model/dedup_scope.h"
#include "core/model/queue_id.h"
#include "core/model/queue_kind.h"

namespace twinq {

// What front ends must know of the queues before they form a command: an immutable map by name.
//
// Thread-safety: immutable; share it by shared_ptr.
// Cost: Find O(1). With() and Without() copy one bucket of the names, about one in 256.
class Directory {
 public:
  struct Entry {
    QueueId id;
    QueueKind kind = QueueKind::kStandard;
    DedupScope dedup_scope = DedupScope::kQueue;  // FIFO; fixed at the creation.
  };

  // Null if there is no queue of this name. The entry lives as long as the directory.
  const Entry* Find(absl::string_view name) const;

  // The directory with this queue added; a queue of the same name is replaced.
  std::shared_ptr<const Directory> With(absl::string_view name, const Entry& entry) const;
  std::shared_ptr<const Directory> Without(absl::string_view name) const;

 private:
  static constexpr size_t kBuckets = 256;
  using Bucket = absl::flat_hash_map<std::string, Entry>;

  static size_t BucketOf(absl::string_view name);

  std::array<std::shared_ptr<const Bucket>, kBuckets> buckets_;  // Null: empty.
};

}  // namespace twinq

#endif  // TWINQ_BROKER_DIRECTORY_H_
