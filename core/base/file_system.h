#ifndef TWINQ_CORE_BASE_FILE_SYSTEM_H_
#define TWINQ_CORE_BASE_FILE_SYSTEM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace twinq {

// An open file, read and written at positions.
//
// Guarantee: what was written is read back at once, survives the end of the process, and survives
// the end of the machine once a SyncData() that began afterwards has ended OK. Until then a crash
// of the machine may keep any part of it, down to single bytes.
// Errors: the message names operation and file. After a failed SyncData() nobody knows which of the
// unsynced bytes are on the disk, and a later SyncData() does not tell: it may succeed without
// them. Thread-safety: one thread at a time.
class File {
 public:
  virtual ~File() = default;

  // Fills `buffer` with the bytes from `offset` on and returns how many there were: fewer than
  // asked for only if the file ends there.
  absl::StatusOr<size_t> Read(uint64_t offset, absl::Span<char> buffer);
  // Writes all of `bytes` at `offset`; the file grows as needed. ResourceExhausted: the disk is
  // full. After an error any part of them may have been written.
  absl::Status Write(uint64_t offset, absl::string_view bytes);
  // Makes durable what was written, and the size. The file's name is its directory's matter.
  virtual absl::Status SyncData() = 0;
  virtual absl::StatusOr<uint64_t> Size() = 0;

 protected:
  // At least one byte, unless the file ends at `offset` or `buffer` is empty.
  virtual absl::StatusOr<size_t> ReadSome(uint64_t offset, absl::Span<char> buffer) = 0;
  // At least one byte of `bytes`, which are not empty.
  virtual absl::StatusOr<size_t> WriteSome(uint64_t offset, absl::string_view bytes) = 0;
};

// A directory of files that belongs to its holder alone.
//
// Guarantee: created, renamed and removed files survive the end of the machine once a Sync() that
// began afterwards has ended OK. Until then a crash of the machine may undo any of them.
// Errors: the message names operation and file. NotFound: there is no file of this name.
// Thread-safety: one thread at a time.
// Lifetime: files may outlive their directory.
class FileDirectory {
 public:
  virtual ~FileDirectory() = default;  // Lets go of the directory.

  // AlreadyExists: there is a file of this name.
  virtual absl::StatusOr<std::unique_ptr<File>> CreateFile(absl::string_view name) = 0;
  virtual absl::StatusOr<std::unique_ptr<File>> OpenFile(absl::string_view name) = 0;
  // The names of all files, sorted, less what the implementation keeps there for itself.
  virtual absl::StatusOr<std::vector<std::string>> ListFiles() = 0;
  // Takes the place of a file called `to`.
  virtual absl::Status RenameFile(absl::string_view from, absl::string_view to) = 0;
  // Files that are open stay so.
  virtual absl::Status RemoveFile(absl::string_view name) = 0;
  virtual absl::Status Sync() = 0;
  // How many more bytes the volume takes from us.
  virtual absl::StatusOr<uint64_t> FreeBytes() = 0;
};

// The one door to files. platform/posix_file_system.h asks the operating system; tests have one in
// memory that breaks when told to.
//
// Thread-safety: any thread.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // Makes a directory, durably, unless there is one. NotFound: there is nothing to make it in.
  virtual absl::Status MakeDirectory(const std::string& path) = 0;
  // Holds the directory until the result is destroyed or the process ends. NotFound: there is none.
  // FailedPrecondition: somebody holds it; the message says who.
  virtual absl::StatusOr<std::unique_ptr<FileDirectory>> OpenDirectory(const std::string& path) = 0;
  // How many more bytes the volume of the directory takes from us, whoever holds the directory.
  // NotFound: there is none.
  virtual absl::StatusOr<uint64_t> FreeBytes(const std::string& path) = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_BASE_FILE_SYSTEM_H_
