#include "core/model/api_error.h"

#include "core/base/check.h"

namespace twinq {

absl::string_view ApiErrorCodeName(ApiErrorCode code) {
  switch (code) {
    case ApiErrorCode::kMissingParameter:
      return "MissingParameter";
    case ApiErrorCode::kQueueDoesNotExist:
      return "QueueDoesNotExist";
    case ApiErrorCode::kQueueNameExists:
      return "QueueNameExists";
    case ApiErrorCode::kInvalidQueueName:
      return "InvalidQueueName";
    case ApiErrorCode::kInvalidFifoQueueName:
      return "InvalidFifoQueueName";
    case ApiErrorCode::kUnknownAttribute:
      return "UnknownAttribute";
    case ApiErrorCode::kInvalidAttributeValue:
      return "InvalidAttributeValue";
    case ApiErrorCode::kInvalidGroupOrDedupId:
      return "InvalidGroupOrDedupId";
    case ApiErrorCode::kMissingDedupId:
      return "MissingDedupId";
    case ApiErrorCode::kNotForThisQueueType:
      return "NotForThisQueueType";
    case ApiErrorCode::kMessageTooLong:
      return "MessageTooLong";
    case ApiErrorCode::kInvalidMessageContents:
      return "InvalidMessageContents";
    case ApiErrorCode::kMaxMessagesOutOfRange:
      return "MaxMessagesOutOfRange";
    case ApiErrorCode::kWaitTimeOutOfRange:
      return "WaitTimeOutOfRange";
    case ApiErrorCode::kVisibilityTimeoutOutOfRange:
      return "VisibilityTimeoutOutOfRange";
    case ApiErrorCode::kMaxResultsOutOfRange:
      return "MaxResultsOutOfRange";
    case ApiErrorCode::kInvalidNextToken:
      return "InvalidNextToken";
    case ApiErrorCode::kReceiptHandleMalformed:
      return "ReceiptHandleMalformed";
    case ApiErrorCode::kReceiptHandleOfOtherQueue:
      return "ReceiptHandleOfOtherQueue";
    case ApiErrorCode::kReceiptHandleExpired:
      return "ReceiptHandleExpired";
    case ApiErrorCode::kVisibilityTotalTooLong:
      return "VisibilityTotalTooLong";
    case ApiErrorCode::kMessageNotAvailable:
      return "MessageNotAvailable";
    case ApiErrorCode::kMalformedRequest:
      return "MalformedRequest";
    case ApiErrorCode::kUnsupportedParameter:
      return "UnsupportedParameter";
    case ApiErrorCode::kOverloaded:
      return "Overloaded";
    case ApiErrorCode::kInternalFailure:
      return "InternalFailure";
    case ApiErrorCode::kShuttingDown:
      return "ShuttingDown";
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

}  // namespace twinq
