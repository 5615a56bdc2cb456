#include "server/runtime/disk_reserve.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "platform/log.h"
#include "server/runtime/command_growth.h"

namespace twinq {

DiskReserve::DiskReserve(FileSystem& files, const Clock& clock, Options options)
    : files_(files), clock_(clock), options_(std::move(options)) {}

std::optional<ApiError> DiskReserve::Judge(const Command& command) {
  if (options_.reserve_bytes == 0) return std::nullopt;
  const std::optional<uint64_t> growth = GrowthOf(command);
  if (!growth.has_value()) return std::nullopt;
  if (IsLookDue()) Look();
  if (*growth > room_bytes_) {
    return ApiError{.code = ApiErrorCode::kDiskReserve,
                    .value = absl::StrCat(options_.reserve_bytes)};
  }
  room_bytes_ -= *growth;
  passed_bytes_ += *growth;
  return std::nullopt;
}

bool DiskReserve::IsLookDue() const {
  return passed_bytes_ >= kLookBytes || clock_.Now() - last_look_ >= kLookInterval;
}

void DiskReserve::Look() {
  last_look_ = clock_.Now();
  passed_bytes_ = 0;
  const absl::StatusOr<uint64_t> free_bytes = files_.FreeBytes(options_.directory);
  room_bytes_ = free_bytes.value_or(0) - std::min(free_bytes.value_or(0), options_.reserve_bytes);
  const bool was_low = std::exchange(is_low_, room_bytes_ == 0);
  if (is_low_ == was_low) return;
  using platform::LogField;
  const LogField found = free_bytes.ok() ? LogField("free_bytes", *free_bytes)
                                         : LogField("error", free_bytes.status().message());
  const LogField reserve("reserve_bytes", options_.reserve_bytes);
  if (is_low_) {
    platform::Log(platform::LogLevel::kWarning, "sends_refused", {found, reserve});
  } else {
    platform::Log(platform::LogLevel::kInfo, "sends_taken_again", {found, reserve});
  }
}

}  // namespace twinq
