#ifndef TWINQ_SERVER_API_BATCH_CHECKS_H_
#define TWINQ_SERVER_API_BATCH_CHECKS_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"

#include "proto/twinq/v1/queue.pb.h"

#include "core/model/api_error.h"
#include "core/model/limits.h"
#include "server/api/action.h"

namespace twinq::api {

// What the batches of all actions have in common (SQS semantics 2.9, 2.12, 2.14, 3.8).

// The entries of a request as these checks see them. Borrows the request.
struct Batch {
  absl::string_view entry_type;  // "SendMessageBatchRequestEntry".
  int entries = 0;
  // Of as many entries as a batch may have.
  absl::InlinedVector<std::optional<absl::string_view>, kBatchEntriesMax> ids;
};

template <typename Entry>
Batch BatchOf(const google::protobuf::RepeatedPtrField<Entry>& entries) {
  Batch batch;
  batch.entry_type = Entry::descriptor()->name();
  batch.entries = entries.size();
  for (const Entry& entry : entries) {
    if (batch.ids.size() == kBatchEntriesMax) break;
    batch.ids.emplace_back();
    if (entry.has_id()) batch.ids.back() = entry.id();
  }
  return batch;
}

// Whether there is an entry and no more than there may be.
std::optional<ApiError> CheckCount(const Batch& batch);
// Whether the entry at this place has an id that is well formed; whether no entry before has it,
// too. REQUIRES: CheckCount() found nothing, nor CheckId() for the entries up to here.
std::optional<ApiError> CheckId(const Batch& batch, size_t place);
std::optional<ApiError> CheckIdIsNew(const Batch& batch, size_t place);
// All of these, in the order of the service. What it finds refuses the whole request.
std::optional<ApiError> CheckBatch(const Batch& batch);

// What the error that a member of an entry is missing calls it:
// "SendMessageBatchRequestEntry.1.Id".
std::string NameInBatch(const Batch& batch, size_t place, absl::string_view member);

// Adds the refusal of one entry to an answer. Batches have texts of their own for some.
void AddFailure(const ApiContext& context, const std::string& id, ApiError error,
                google::protobuf::RepeatedPtrField<v1::BatchResultErrorEntry>& failed);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_BATCH_CHECKS_H_
