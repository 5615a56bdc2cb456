#ifndef TWINQ_CORE_MODEL_KEPT_ATTRIBUTES_H_
#define TWINQ_CORE_MODEL_KEPT_ATTRIBUTES_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/model/api_error.h"
#include "core/model/dedup_scope.h"

namespace twinq {

// A JSON document, answered as it was given. Two are equal if they say the same, however they are
// written: if they are the same in canonical form (members by name, no spaces).
struct JsonText {
  std::string text = {};  // Empty: there is none.
  std::string canonical = {};

  friend bool operator==(const JsonText& a, const JsonText& b) {
    return a.canonical == b.canonical;
  }
};

// What becomes of messages that are received too often.
struct RedrivePolicy {
  JsonText json = {};
  std::string dead_letter_queue = {};  // The name of the queue that it names. Empty without policy.

  friend bool operator==(const RedrivePolicy& a, const RedrivePolicy& b) {
    return a.json == b.json;
  }
};

enum class FifoThroughputLimit : uint8_t { kPerQueue, kPerMessageGroupId };

// The tags of a queue, by their keys: at most kQueueTagsMax.
using QueueTags = std::map<std::string, std::string>;

// Queue attributes that no rule of the engine looks at, and the queue's tags: they are checked,
// kept and answered (SQS semantics 3.1, 2.15).
struct KeptAttributes {
  FifoThroughputLimit fifo_throughput_limit = FifoThroughputLimit::kPerQueue;  // FIFO queues.
  std::optional<absl::Duration> kms_data_key_reuse_period = {};  // 60 s to 24 h, if it was set.
  std::string kms_master_key_id = {};                            // Empty: none.
  JsonText policy = {};
  JsonText redrive_allow_policy = {};
  RedrivePolicy redrive_policy = {};
  bool sqs_managed_sse = true;
  QueueTags tags = {};

  friend bool operator==(const KeptAttributes&, const KeptAttributes&) = default;
};

// What most queues have of them is nothing: null stands for the defaults, and for them alone.
using KeptPointer = std::shared_ptr<const KeptAttributes>;
KeptPointer Share(KeptAttributes kept);
KeptAttributes KeptOf(const KeptPointer& kept);
// See RedrivePolicy.
const std::string& DeadLetterQueueOf(const KeptPointer& kept);

// What a CreateQueue or SetQueueAttributes gave of them; see GivenQueueAttributes.
struct GivenKeptAttributes {
  std::optional<FifoThroughputLimit> fifo_throughput_limit = {};
  std::optional<absl::Duration> kms_data_key_reuse_period = {};
  std::optional<std::string> kms_master_key_id = {};
  std::optional<JsonText> policy = {};
  std::optional<JsonText> redrive_allow_policy = {};
  std::optional<RedrivePolicy> redrive_policy = {};
  std::optional<bool> sqs_managed_sse = {};

  // What `current` becomes, or why it cannot. A queue has one kind of encryption: naming a KMS key
  // ends the other; without a key there is no reuse period. The throughput limit is per group only
  // where deduplication is, by the attribute as it will be, `scope`.
  std::variant<KeptAttributes, ApiError> Over(const KeptAttributes& current,
                                              DedupScope scope) const;
  bool empty() const { return *this == GivenKeptAttributes(); }

  friend bool operator==(const GivenKeptAttributes&, const GivenKeptAttributes&) = default;
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_KEPT_ATTRIBUTES_H_
