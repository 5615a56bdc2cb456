#ifndef TWINQ_SERVER_RUNTIME_EXIT_CODE_H_
#define TWINQ_SERVER_RUNTIME_EXIT_CODE_H_

namespace twinq {

// How twinqd ends, as sysexits.h has it; docs/operations.md and `twinqd --help` say what to do.
// A second SIGTERM or SIGINT ends it at once, with 143 or 130 (platform/signals.h).
enum class ExitCode : int {
  kOk = 0,
  kFailed = 1,        // A port cannot be listened on.
  kUsage = 64,        // A setting makes no sense; nothing was touched.
  kDamaged = 65,      // The journal is damaged, or of a version that this program does not know.
  kHung = 70,         // The process did not end in time: the disk does not answer.
  kNoDirectory = 73,  // The data directory cannot be made or opened.
  kDiskFailed = 74,   // A read, write or sync failed.
  kInUse = 75,        // Another process holds the data directory.
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_EXIT_CODE_H_
