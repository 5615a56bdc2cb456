#ifndef TWINQ_SERVER_RUNTIME_DISK_RESERVE_H_
#define TWINQ_SERVER_RUNTIME_DISK_RESERVE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"

#include "broker/command.h"
#include "core/base/clock.h"
#include "core/base/file_system.h"
#include "core/model/api_error.h"

namespace twinq {

// Refuses what lets the journal grow while its volume has no more free than a reserve, so that
// receiving, deleting and cleaning still have room.
//
// Guarantee: what passes between two looks at the volume fits into what the first of them found
// free beyond the reserve. Logs when it begins to refuse and when it ends.
// Errors: a volume that cannot be asked counts as full.
// Thread-safety: one thread at a time. Lifetime: borrows the files and the clock.
// Cost: a look is a system call; one follows another after kLookInterval or, if much passes, after
// kLookBytes.
class DiskReserve {
 public:
  static constexpr absl::Duration kLookInterval = absl::Seconds(1);
  static constexpr uint64_t kLookBytes = 8 << 20;

  struct Options {
    std::string directory;
    uint64_t reserve_bytes = 0;  // Zero refuses nothing.
  };
  // `clock` never steps.
  DiskReserve(FileSystem& files, const Clock& clock, Options options);

  // Why the command is refused, if it is: only sends and creations of queues ever are.
  std::optional<ApiError> Judge(const Command& command);

 private:
  bool IsLookDue() const;
  void Look();

  FileSystem& files_;
  const Clock& clock_;
  const Options options_;
  absl::Time last_look_ = absl::InfinitePast();
  uint64_t room_bytes_ = 0;    // Of what the last look found beyond the reserve, less what passed.
  uint64_t passed_bytes_ = 0;  // Since the last look.
  bool is_low_ = false;        // As of the last look.
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_DISK_RESERVE_H_
