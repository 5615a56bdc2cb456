#ifndef TWINQ_TESTS_CRASH_CLIENTS_CONSUMER_SLOT_H_
#define TWINQ_TESTS_CRASH_CLIENTS_CONSUMER_SLOT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "core/base/clock.h"
#include "sim/history/event.h"
#include "tests/crash/clients/handling_record.h"
#include "tests/crash/server_process.h"

namespace twinq::crash {

// What is the same for all consumer processes of one queue.
struct ConsumerSetup {
  std::string program;  // Path of crash_consumer.
  std::string address;
  std::string queue;
  std::string dir;  // For their logs.
};

// The place of one crash_consumer, in which one after the other runs, each with a log of its own.
//
// Thread-safety: one thread at a time, always the same.
class ConsumerSlot {
 public:
  // Borrows the clock, which must be the one that the processes ask too.
  ConsumerSlot(ConsumerSetup setup, const Clock& clock) : setup_(std::move(setup)), clock_(clock) {}

  // REQUIRES: none runs. `client` is not used twice.
  absl::Status Start(history::ClientNumber client, int visibility_seconds, uint64_t seed);
  // Internal: it has ended by itself. REQUIRES: one runs.
  absl::Status Kill();
  // By SIGTERM. Internal: it did not end well, or not in time. REQUIRES: one runs.
  absl::Status Stop();

  // What those that have ended wrote down; their logs stay until Forget().
  absl::StatusOr<std::vector<ConsumerLife>> ReadLives() const;
  void Forget();

 private:
  struct Past {
    history::ClientNumber client = 0;
    Timestamp killed_at = Timestamp::Infinite();
  };

  std::string LogPath(history::ClientNumber client) const;

  const ConsumerSetup setup_;
  const Clock& clock_;
  history::ClientNumber client_ = 0;  // Of the one that runs.
  std::optional<ServerProcess> process_;
  std::vector<Past> past_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_CONSUMER_SLOT_H_
