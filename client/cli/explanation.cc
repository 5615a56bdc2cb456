#include "client/cli/explanation.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "client/lib/call_status.h"

namespace twinq::cli {
namespace {

// What to do about an error of the service; empty if its text says enough.
absl::string_view NextStep(absl::string_view sqs_error, absl::string_view text) {
  if (sqs_error == "QueueDoesNotExist") {
    return "make it with `twinq queue create NAME`, or see what there is with `twinq queue list`";
  }
  if (sqs_error == "QueueDeletedRecently") {
    return "a minute after its end the name is free again; or take another name";
  }
  if (sqs_error == "RequestThrottled") return "try again in a moment; `twinq server` shows limits";
  if (sqs_error == "ReceiptHandleIsInvalid" ||
      absl::StrContains(text, "receipt handle has expired")) {
    return "pass the handle that the last `twinq receive` of this message printed";
  }
  if (absl::EndsWith(text, "the parameter MessageGroupId.")) {
    return "a FIFO queue keeps order by group: name one with `--group`";
  }
  if (absl::StrContains(text, "MessageDeduplicationId provided explicitly")) {
    return "give the message an id of its own with `--dedup-id`";
  }
  return "";
}

}  // namespace

Explanation Explain(const absl::Status& failure, absl::string_view address) {
  const std::string sqs_error = client::SqsErrorName(failure);
  if (sqs_error.empty() && absl::IsUnavailable(failure)) {
    return {
        absl::StrCat("no server at ", address,
                     ": start one with `twinqd`, or name another with --server or TWINQ_SERVER"),
        ExitCode::kNoServer};
  }
  if (sqs_error.empty() && absl::IsDeadlineExceeded(failure)) {
    return {absl::StrCat("no answer from ", address,
                         " in time: whether the server did it is unknown; see if it is alive, then "
                         "look before you repeat it"),
            ExitCode::kNoServer};
  }
  std::string text(failure.message());
  if (text.empty()) text = absl::StatusCodeToString(failure.code());
  if (const absl::string_view next = NextStep(sqs_error, text); !next.empty()) {
    absl::StrAppend(&text, "\n", next);
  }
  return {std::move(text), ExitCode::kRefused};
}

}  // namespace twinq::cli
