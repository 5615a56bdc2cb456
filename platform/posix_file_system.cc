#include "platform/posix_file_system.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq::platform {
namespace {

constexpr char kLockName[] = "lock";

absl::Status Failed(absl::string_view operation, absl::string_view path) {
  return absl::ErrnoToStatus(errno, absl::StrCat(operation, " ", path));
}

// Which is no FailedPrecondition, for nobody holds it.
absl::Status NotADirectory(absl::string_view operation, absl::string_view path) {
  return absl::NotFoundError(absl::StrCat(operation, " ", path, ": not a directory"));
}

// Repeats a system call that a signal has interrupted.
template <typename Call>
auto Uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

// Not what is kept for root.
uint64_t FreeBytesOf(const struct statvfs& status) {
  return uint64_t{status.f_bavail} * uint64_t{status.f_frsize};
}

// Owns a file descriptor, or -1.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    // Nothing is lost if it fails: what must be on the disk was synced.
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }
  bool valid() const { return number_ >= 0; }

 private:
  int number_;
};

class PosixFile : public File {
 public:
  PosixFile(Descriptor descriptor, std::string path)
      : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

  absl::Status SyncData() override {
    // Not repeated when interrupted: a sync that did not succeed has failed.
    if (fdatasync(descriptor_.number()) != 0) return Failed("sync", path_);
    return absl::OkStatus();
  }

  absl::StatusOr<uint64_t> Size() override {
    struct stat status = {};
    if (fstat(descriptor_.number(), &status) != 0) return Failed("stat", path_);
    return static_cast<uint64_t>(status.st_size);
  }

 protected:
  absl::StatusOr<size_t> ReadSome(uint64_t offset, absl::Span<char> buffer) override {
    const ssize_t read = Uninterrupted([&] {
      return pread(descriptor_.number(), buffer.data(), buffer.size(), static_cast<off_t>(offset));
    });
    if (read < 0) return Failed("read", path_);
    return static_cast<size_t>(read);
  }

  absl::StatusOr<size_t> WriteSome(uint64_t offset, absl::string_view bytes) override {
    const ssize_t written = Uninterrupted([&] {
      return pwrite(descriptor_.number(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    });
    if (written < 0) return Failed("write", path_);
    // No disk does this, and going on would never end.
    if (written == 0) return absl::DataLossError(absl::StrCat("write ", path_, ": took nothing"));
    return static_cast<size_t>(written);
  }

 private:
  const Descriptor descriptor_;
  const std::string path_;
};

class PosixDirectory : public FileDirectory {
 public:
  PosixDirectory(Descriptor directory, Descriptor lock, std::string path)
      : directory_(std::move(directory)), lock_(std::move(lock)), path_(std::move(path)) {}

  absl::StatusOr<std::unique_ptr<File>> CreateFile(absl::string_view name) override {
    return OpenAt(name, O_RDWR | O_CREAT | O_EXCL, "create");
  }

  absl::StatusOr<std::unique_ptr<File>> OpenFile(absl::string_view name) override {
    return OpenAt(name, O_RDWR, "open");
  }

  absl::StatusOr<std::vector<std::string>> ListFiles() override;

  absl::Status RenameFile(absl::string_view from, absl::string_view to) override {
    const std::string old_name(from);
    const std::string new_name(to);
    const int number = directory_.number();
    if (renameat(number, old_name.c_str(), number, new_name.c_str()) != 0) {
      return Failed("rename", absl::StrCat(PathOf(from), " to ", to));
    }
    return absl::OkStatus();
  }

  absl::Status RemoveFile(absl::string_view name) override {
    if (unlinkat(directory_.number(), std::string(name).c_str(), 0) != 0) {
      return Failed("remove", PathOf(name));
    }
    return absl::OkStatus();
  }

  absl::Status Sync() override {
    if (fsync(directory_.number()) != 0) return Failed("sync", path_);
    return absl::OkStatus();
  }

  absl::StatusOr<uint64_t> FreeBytes() override {
    struct statvfs status = {};
    if (fstatvfs(directory_.number(), &status) != 0) return Failed("statvfs", path_);
    return FreeBytesOf(status);
  }

 private:
  std::string PathOf(absl::string_view name) const { return absl::StrCat(path_, "/", name); }

  absl::StatusOr<std::unique_ptr<File>> OpenAt(absl::string_view name, int flags,
                                               absl::string_view operation) {
    Descriptor file(Uninterrupted([&] {
      return openat(directory_.number(), std::string(name).c_str(), flags | O_CLOEXEC, 0600);
    }));
    if (!file.valid()) return Failed(operation, PathOf(name));
    return std::make_unique<PosixFile>(std::move(file), PathOf(name));
  }

  const Descriptor directory_;
  const Descriptor lock_;
  const std::string path_;
};

absl::StatusOr<std::vector<std::string>> PosixDirectory::ListFiles() {
  // The stream owns its descriptor, and reading moves it.
  const int number = openat(directory_.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0) return Failed("list", path_);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(fdopendir(number), closedir);
  TWINQ_CHECK(stream != nullptr);
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): this thread's own stream.
    const dirent* entry = readdir(stream.get());
    if (entry == nullptr) break;
    std::string name = entry->d_name;
    if (name != "." && name != ".." && name != kLockName) names.push_back(std::move(name));
  }
  if (errno != 0) return Failed("list", path_);
  std::sort(names.begin(), names.end());
  return names;
}

// Who wrote the lock file, as far as it can be read.
std::string HolderNamedIn(const Descriptor& lock) {
  char text[32] = {};
  const ssize_t bytes = pread(lock.number(), text, sizeof(text) - 1, 0);
  const absl::string_view holder(text, bytes > 0 ? static_cast<size_t>(bytes) : 0);
  if (holder.empty()) return "another process";
  return absl::StrCat("process ", absl::StripSuffix(holder, "\n"));
}

absl::StatusOr<Descriptor> Lock(const Descriptor& directory, const std::string& path) {
  const std::string lock_path = absl::StrCat(path, "/", kLockName);
  Descriptor lock(openat(directory.number(), kLockName, O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock.valid()) return Failed("create", lock_path);
  if (Uninterrupted([&] { return flock(lock.number(), LOCK_EX | LOCK_NB); }) != 0) {
    if (errno != EWOULDBLOCK) return Failed("lock", lock_path);
    return absl::FailedPreconditionError(absl::StrCat(path, " is in use by ", HolderNamedIn(lock)));
  }
  const std::string holder = absl::StrCat(getpid(), "\n");
  if (ftruncate(lock.number(), 0) != 0 ||
      pwrite(lock.number(), holder.data(), holder.size(), 0) < 0) {
    // On a full disk the lock holds without a name in it.
    if (errno != ENOSPC) return Failed("write", lock_path);
  }
  return lock;
}

}  // namespace

absl::Status PosixFileSystem::MakeDirectory(const std::string& path) {
  if (mkdir(path.c_str(), 0700) != 0) {
    if (errno == ENOTDIR) return NotADirectory("create directory", path);
    return errno == EEXIST ? absl::OkStatus() : Failed("create directory", path);
  }
  const std::string parent = absl::StrCat(path, "/..");
  const Descriptor directory(open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid() || fsync(directory.number()) != 0) return Failed("sync", parent);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<FileDirectory>> PosixFileSystem::OpenDirectory(
    const std::string& path) {
  Descriptor directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid()) {
    return errno == ENOTDIR ? NotADirectory("open", path) : Failed("open", path);
  }
  TWINQ_ASSIGN_OR_RETURN(Descriptor lock, Lock(directory, path));
  return std::make_unique<PosixDirectory>(std::move(directory), std::move(lock), path);
}

absl::StatusOr<uint64_t> PosixFileSystem::FreeBytes(const std::string& path) {
  struct statvfs status = {};
  if (statvfs(path.c_str(), &status) != 0) return Failed("statvfs", path);
  return FreeBytesOf(status);
}

}  // namespace twinq::platform
