#include "server/api/batch_checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "server/api/error_table.h"
#include "server/api/request_checks.h"

namespace twinq::api {
namespace {

bool IsIdCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
}

// The error that an entry of a batch meets where a message alone meets this one.
ApiErrorCode CodeInBatch(ApiErrorCode code) {
  if (code == ApiErrorCode::kMessageTooLong) return ApiErrorCode::kBatchEntryTooLong;
  if (code == ApiErrorCode::kReceiptHandleExpired) return ApiErrorCode::kBatchReceiptHandleExpired;
  if (code == ApiErrorCode::kNotForThisQueueType) return ApiErrorCode::kBatchNotForThisQueueType;
  return code;
}

}  // namespace

std::optional<ApiError> CheckCount(const Batch& batch) {
  if (batch.entries == 0) {
    return ApiError{.code = ApiErrorCode::kEmptyBatch, .parameter = std::string(batch.entry_type)};
  }
  if (batch.entries > kBatchEntriesMax) {
    return BadValue(ApiErrorCode::kTooManyEntries, absl::StrCat(batch.entries));
  }
  return std::nullopt;
}

std::optional<ApiError> CheckId(const Batch& batch, size_t place) {
  const std::optional<absl::string_view>& id = batch.ids[place];
  if (!id.has_value()) return MissingParameter(NameInBatch(batch, place, "Id"));
  if (id->empty() || id->size() > kBatchEntryIdCharactersMax ||
      !std::all_of(id->begin(), id->end(), IsIdCharacter)) {
    return ApiError{.code = ApiErrorCode::kInvalidBatchEntryId};
  }
  return std::nullopt;
}

std::optional<ApiError> CheckIdIsNew(const Batch& batch, size_t place) {
  const auto here = batch.ids.begin() + static_cast<ptrdiff_t>(place);
  if (std::find(batch.ids.begin(), here, *here) == here) return std::nullopt;
  return BadValue(ApiErrorCode::kBatchEntryIdRepeated, here->value_or(""));
}

std::optional<ApiError> CheckBatch(const Batch& batch) {
  if (auto error = CheckCount(batch)) return error;
  for (size_t place = 0; place < batch.ids.size(); ++place) {
    if (auto error = CheckId(batch, place)) return error;
    if (auto error = CheckIdIsNew(batch, place)) return error;
  }
  return std::nullopt;
}

std::string NameInBatch(const Batch& batch, size_t place, absl::string_view member) {
  return absl::StrCat(batch.entry_type, ".", place + 1, ".", member);
}

void AddFailure(const ApiContext& context, const std::string& id, ApiError error,
                google::protobuf::RepeatedPtrField<v1::BatchResultErrorEntry>& failed) {
  error.code = CodeInBatch(error.code);
  v1::BatchResultErrorEntry& failure = *failed.Add();
  failure.set_id(id);
  failure.set_sender_fault(true);  // What fails an entry alone is something in it.
  const absl::string_view code = FormOf(error.code).name.query;
  failure.set_code(code.data(), code.size());
  failure.set_message(ErrorText(error, context.echoed_bytes_max));
}

}  // namespace twinq::api
