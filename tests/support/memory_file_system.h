#ifndef TWINQ_TESTS_SUPPORT_MEMORY_FILE_SYSTEM_H_
#define TWINQ_TESTS_SUPPORT_MEMORY_FILE_SYSTEM_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "core/base/file_system.h"
#include "core/base/random.h"

namespace twinq {

// A file system in memory that breaks when told to, and can lose its power.
//
// The fault model. A file has contents as the operating system shows them, and as the disk has
// them; a directory has names in the same two forms.
//  - A write reaches the disk in sectors of 512 bytes, in any order. When the power goes, each
//    sector written since the last sync has, independently, any of the states that it went through,
//    and one of its writes may be torn at any byte. A grown file has its old size or the new one.
//  - Creations, renames and removals since the last sync of the directory are each kept or lost,
//    independently, as far as they make sense without the lost ones.
//  - A failed sync of a file drops what was unsynced: each sector is on the disk or is not. The
//    operating system goes on showing it, and later syncs succeed without it. A failed sync of a
//    directory changes nothing.
//  - A failed write leaves any part of its bytes written, up to some byte.
//  - Reads and writes may take fewer bytes than asked for.
//  - When the process dies (kill -9), the operating system keeps all it shows.
//  - A crash at a step: that step fails as above, and everything after it, until LosePower() or
//    KillProcess() starts a new process. A step is a call that changes files or syncs; a write in
//    several pieces is several.
// Not modelled: sectors that go bad by themselves, which tests damage by hand (FlipBit()), disks
// that write what nobody sent, and a file system that forgets a synced name.
//
// Thread-safety: one thread at a time, files and directories included.
// Lifetime: outlives its files and directories; those of a process that has ended only fail.
class MemoryFileSystem : public FileSystem {
 public:
  explicit MemoryFileSystem(uint64_t seed) : random_(seed) {}

  absl::Status MakeDirectory(const std::string& path) override;
  absl::StatusOr<std::unique_ptr<FileDirectory>> OpenDirectory(const std::string& path) override;
  absl::StatusOr<uint64_t> FreeBytes(const std::string& path) override;

  // How many steps this process has taken, and how often it has read.
  uint64_t steps() const { return steps_; }
  uint64_t reads() const { return reads_; }

  // Steps and reads count from zero in each process.
  void CrashAtStep(uint64_t step) { crash_at_ = step; }
  void FailAtStep(uint64_t step) { fail_at_ = step; }
  void FailAtRead(uint64_t read) { fail_read_at_ = read; }
  // From now on, in every process.
  void TransferPiecemeal() { piecemeal_ = true; }
  // Files together take no more than this.
  void LimitBytes(uint64_t bytes_max) { bytes_max_ = bytes_max; }

  // The process ends, and with the first the machine; the next process finds what is left. Plans
  // to crash or fail end too.
  void LosePower();
  void KillProcess();

  // What the operating system shows, by path. Changing it is no step, and at once on the disk.
  std::vector<std::string> Paths() const;
  const std::string& Contents(const std::string& path) const;
  void SetContents(const std::string& path, std::string contents);
  void FlipBit(const std::string& path, uint64_t offset, int bit);
  void Remove(const std::string& path);

 private:
  static constexpr uint64_t kNever = ~uint64_t{0};

  class FileHandle;
  class DirectoryHandle;

  struct PendingWrite {
    uint64_t offset;
    std::string bytes;
  };
  struct Contained {
    std::string shown;
    std::string on_disk;
    std::vector<PendingWrite> unsynced;
  };
  using Names = std::map<std::string, std::shared_ptr<Contained>>;
  // A name given to a file, taken from one (`file` is null), or moved (`from` is not empty).
  struct PendingName {
    std::string from;
    std::string name;
    std::shared_ptr<Contained> file;
  };
  struct Directory {
    Names shown;
    Names on_disk;
    std::vector<PendingName> unsynced;
    uint64_t holder = 0;  // The process that holds it, if any.
  };

  static void Apply(const PendingName& change, Names& names);
  static void Overwrite(uint64_t offset, absl::string_view bytes, std::string& contents);
  // Puts some of a file's unsynced writes onto the disk.
  void KeepSome(Contained& file);
  void KeepSector(uint64_t sector, double chance, Contained& file);

  bool IsAlive(uint64_t process) const;
  // OK, or why this step fails.
  absl::Status Step(uint64_t process, absl::string_view operation, absl::string_view path);
  absl::Status Read(uint64_t process, absl::string_view path);
  // How many of so many bytes are transferred.
  uint64_t Piece(uint64_t bytes);
  uint64_t BytesShown() const;
  uint64_t RoomLeft() const;

  SeededRandom random_;
  std::map<std::string, Directory> directories_;
  uint64_t process_ = 1;
  uint64_t steps_ = 0;
  uint64_t reads_ = 0;
  uint64_t crash_at_ = kNever;
  uint64_t fail_at_ = kNever;
  uint64_t fail_read_at_ = kNever;
  uint64_t bytes_max_ = kNever;
  bool piecemeal_ = false;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_MEMORY_FILE_SYSTEM_H_
