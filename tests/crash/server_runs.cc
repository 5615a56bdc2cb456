#include "tests/crash/server_runs.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

#include "core/base/status_macros.h"
#include "core/base/timestamp.h"

namespace twinq::crash {
namespace {

// A recovery takes far less.
constexpr absl::Duration kReadyMax = absl::Minutes(1);

constexpr absl::string_view kAddressFlag = "--grpc=";

}  // namespace

absl::Status ServerRuns::Start() {
  TWINQ_ASSIGN_OR_RETURN(process_, ServerProcess::Start(command_));
  const absl::Time started_at = clock_.Now();
  TWINQ_ASSIGN_OR_RETURN(const ServerAddresses addresses, process_->AwaitReady(kReadyMax));
  address_ = addresses.grpc;
  const absl::Time ready_at = clock_.Now();
  recovery_time_ = ready_at - started_at;
  incidents_.push_back(
      {.at = Timestamp::FromTime(ready_at), .kind = history::Incident::Kind::kServerStarted});
  return absl::OkStatus();
}

absl::StatusOr<bool> ServerRuns::StartAndKill(absl::Duration after) {
  TWINQ_ASSIGN_OR_RETURN(process_, ServerProcess::Start(command_));
  const absl::StatusOr<ServerAddresses> ready = process_->AwaitReady(after);
  if (!ready.ok() && !absl::IsDeadlineExceeded(ready.status())) return ready.status();
  process_.reset();
  return !ready.ok();
}

void ServerRuns::KeepAddress() {
  for (std::string& argument : command_.arguments) {
    if (absl::StartsWith(argument, kAddressFlag)) argument = absl::StrCat(kAddressFlag, address_);
  }
}

void ServerRuns::Kill() {
  incidents_.push_back(
      {.at = Timestamp::FromTime(clock_.Now()), .kind = history::Incident::Kind::kServerCrashed});
  process_.reset();
}

}  // namespace twinq::crash
