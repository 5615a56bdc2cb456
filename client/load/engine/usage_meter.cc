#include "client/load/engine/usage_meter.h"

#include <utility>

#include "absl/status/statusor.h"

#include "platform/thread.h"

namespace twinq::load {
namespace {

// A number says little: in a container, or on another machine, it is of any process.
constexpr char kServerName[] = "twinqd";

std::optional<platform::ProcessUsage> ServerUsage(int64_t process_id) {
  if (process_id == 0) return std::nullopt;
  absl::StatusOr<platform::ProcessUsage> usage = platform::UsageOf(process_id);
  if (!usage.ok() || usage->name != kServerName) return std::nullopt;
  return *std::move(usage);
}

}  // namespace

UsageMeter::UsageMeter(const std::optional<client::ServerInfo>& server, const Clock& clock,
                       const Progress& progress)
    : server_process_(server.has_value() ? server->process_id : 0),
      clock_(clock),
      progress_(progress) {}

void UsageMeter::Begin() { begin_ = Read(); }

void UsageMeter::End() {
  const Reading end = Read();
  usage_.processors = platform::ProcessorCount();
  usage_.elapsed += end.at - begin_.at;
  usage_.generator_cpu += end.generator_cpu - begin_.generator_cpu;
  usage_.messages += end.messages - begin_.messages;
  if (!begin_.server.has_value() || !end.server.has_value()) return;
  usage_.server_cpu =
      usage_.server_cpu.value_or(absl::ZeroDuration()) + (end.server->cpu - begin_.server->cpu);
  usage_.server_growth_bytes += end.server->resident_bytes - begin_.server->resident_bytes;
}

UsageMeter::Reading UsageMeter::Read() const {
  Reading reading = {.at = clock_.Now(), .messages = progress_.sent};
  const absl::StatusOr<platform::ProcessUsage> own = platform::UsageOf(platform::OwnProcessId());
  if (own.ok()) reading.generator_cpu = own->cpu;
  reading.server = ServerUsage(server_process_);
  return reading;
}

}  // namespace twinq::load
