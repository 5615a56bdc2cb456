#include "client/load/complaint.h"

#include "absl/strings/str_format.h"

#include "client/lib/call_status.h"

namespace twinq::load {

void PrintFailure(const absl::Status& failure, const std::string& server, std::FILE* error) {
  if (absl::IsUnavailable(failure) && client::SqsErrorName(failure).empty()) {
    absl::FPrintF(error,
                  "twinq-load: no server at %s: start one with `twinqd`, or name another "
                  "with --server\n",
                  server);
    return;
  }
  absl::FPrintF(error, "twinq-load: %s\n", failure.ToString());
}

}  // namespace twinq::load
