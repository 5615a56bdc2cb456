#include "server/runtime/memory_limit.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "platform/log.h"
#include "server/runtime/command_growth.h"

namespace twinq {

std::optional<ApiError> MemoryLimit::Judge(const Command& command, uint64_t used_bytes) {
  const std::optional<uint64_t> growth = GrowthOf(command);
  if (!growth.has_value()) return std::nullopt;
  const uint64_t room_bytes = bytes_max_ - std::min(bytes_max_, used_bytes);
  using platform::LogField;
  if (*growth > room_bytes) {
    if (!is_full_) {
      platform::Log(platform::LogLevel::kWarning, "memory_full",
                    {LogField("used_bytes", used_bytes), LogField("memory_max", bytes_max_)});
    }
    is_full_ = true;
    return ApiError{.code = ApiErrorCode::kMemoryFull, .value = absl::StrCat(bytes_max_)};
  }
  if (is_full_ && room_bytes >= kRoomBytes) {
    is_full_ = false;
    platform::Log(platform::LogLevel::kInfo, "memory_has_room",
                  {LogField("used_bytes", used_bytes), LogField("memory_max", bytes_max_)});
  }
  return std::nullopt;
}

}  // namespace twinq
