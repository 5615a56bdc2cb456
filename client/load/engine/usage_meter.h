#ifndef TWINQ_CLIENT_LOAD_ENGINE_USAGE_METER_H_
#define TWINQ_CLIENT_LOAD_ENGINE_USAGE_METER_H_

#include <cstdint>
#include <optional>

#include "absl/time/time.h"

#include "client/lib/admin_client.h"
#include "client/load/engine/progress.h"
#include "core/base/clock.h"
#include "platform/process_usage.h"

namespace twinq::load {

// What a run's sending took, without the warm-up and the draining.
struct Usage {
  absl::Duration elapsed;
  absl::Duration generator_cpu;
  int processors = 1;    // That the generator may use.
  int64_t messages = 0;  // Sent within that time.
  // Nothing if the server is on another machine or does not say which process it is.
  std::optional<absl::Duration> server_cpu = std::nullopt;
  int64_t server_growth_bytes = 0;  // Of its memory.
};

// Reads what server and generator take, over one span of time or several.
//
// Thread-safety: one thread at a time.
// Lifetime: borrows clock and progress.
class UsageMeter {
 public:
  // `server` is the one that is watched; nothing if it does not say what it is.
  UsageMeter(const std::optional<client::ServerInfo>& server, const Clock& clock,
             const Progress& progress);

  // A span begins, and what it took is added. REQUIRES: called in turn.
  void Begin();
  void End();

  const Usage& usage() const { return usage_; }

 private:
  struct Reading {
    absl::Time at;
    absl::Duration generator_cpu = absl::ZeroDuration();
    int64_t messages = 0;
    std::optional<platform::ProcessUsage> server = std::nullopt;
  };

  Reading Read() const;

  int64_t server_process_ = 0;  // 0: not on this machine.
  const Clock& clock_;
  const Progress& progress_;
  Reading begin_;
  Usage usage_;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_USAGE_METER_H_
