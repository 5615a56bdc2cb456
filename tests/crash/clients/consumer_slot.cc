#include "tests/crash/clients/consumer_slot.h"

#include <cstddef>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

#include "core/base/status_macros.h"
#include "platform/read_file.h"

namespace twinq::crash {
namespace {

// What it handles takes seconds at most, and what it handled is acknowledged at once.
constexpr absl::Duration kStopMax = absl::Seconds(30);
constexpr size_t kLogBytesMax = size_t{1} << 30;

}  // namespace

absl::Status ConsumerSlot::Start(history::ClientNumber client, int visibility_seconds,
                                 uint64_t seed) {
  client_ = client;
  TWINQ_ASSIGN_OR_RETURN(
      process_,
      ServerProcess::Start({.program = setup_.program,
                            .arguments = {setup_.address, setup_.queue, LogPath(client),
                                          absl::StrCat(visibility_seconds), absl::StrCat(seed)},
                            .log_path = absl::StrCat(setup_.dir, "/consumers.log")}));
  return absl::OkStatus();
}

absl::Status ConsumerSlot::Kill() {
  if (process_->HasEnded()) {
    return absl::InternalError(absl::StrCat("consumer ", client_, " of ", setup_.queue,
                                            " has ended by itself, see consumers.log"));
  }
  past_.push_back({.client = client_, .killed_at = Timestamp::FromTime(clock_.Now())});
  process_.reset();
  return absl::OkStatus();
}

absl::Status ConsumerSlot::Stop() {
  TWINQ_ASSIGN_OR_RETURN(const int code, process_->Terminate(kStopMax));
  past_.push_back({.client = client_});
  process_.reset();
  if (code == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("consumer ", client_, " of ", setup_.queue,
                                          " has ended with ", code, ", see consumers.log"));
}

absl::StatusOr<std::vector<ConsumerLife>> ConsumerSlot::ReadLives() const {
  std::vector<ConsumerLife> lives;
  for (const Past& past : past_) {
    ConsumerLife life{.client = past.client, .killed_at = past.killed_at};
    const std::string path = LogPath(past.client);
    // One that was killed while it started has no log.
    if (std::error_code error; std::filesystem::exists(path, error)) {
      TWINQ_ASSIGN_OR_RETURN(const std::string text, platform::ReadFile(path, kLogBytesMax));
      TWINQ_ASSIGN_OR_RETURN(life.log, ParseClientLog(text));
    }
    lives.push_back(std::move(life));
  }
  return lives;
}

void ConsumerSlot::Forget() {
  for (const Past& past : past_) {
    std::error_code ignored;
    std::filesystem::remove(LogPath(past.client), ignored);
  }
  past_.clear();
}

std::string ConsumerSlot::LogPath(history::ClientNumber client) const {
  return absl::StrCat(setup_.dir, "/consumer-", client, ".log");
}

}  // namespace twinq::crash
