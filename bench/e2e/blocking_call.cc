#include "bench/e2e/blocking_call.h"

#include <chrono>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

namespace twinq::bench {
namespace {

std::string Flatten(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (!buffer.DumpToSingleSlice(&slice).ok()) return "";
  return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

}  // namespace

absl::StatusOr<std::string> CallOnce(absl::string_view target, absl::string_view method,
                                     absl::string_view request, absl::Duration timeout) {
  // Starting the library takes as long as the call: once, not for each.
  static const grpc::CompletionQueue keeps_library_up;
  grpc::GenericStub stub(
      grpc::CreateChannel(absl::StrCat("ipv4:", target), grpc::InsecureChannelCredentials()));
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  context.set_deadline(
      gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                   gpr_time_from_nanos(absl::ToInt64Nanoseconds(timeout), GPR_TIMESPAN)));
  const grpc::Slice slice(request.data(), request.size());
  auto reader =
      stub.PrepareUnaryCall(&context, std::string(method), grpc::ByteBuffer(&slice, 1), &queue);
  grpc::ByteBuffer response;
  grpc::Status status;
  reader->StartCall();
  reader->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  if (!status.ok()) {
    return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  }
  return Flatten(response);
}

}  // namespace twinq::bench
