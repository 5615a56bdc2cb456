#include "tests/support/memory_file_system.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq {
namespace {

constexpr uint64_t kSectorBytes = 512;

}  // namespace

class MemoryFileSystem::FileHandle : public File {
 public:
  FileHandle(MemoryFileSystem& system, std::shared_ptr<Contained> file, std::string path)
      : system_(system),
        process_(system.process_),
        file_(std::move(file)),
        path_(std::move(path)) {}

  absl::Status SyncData() override {
    absl::Status step = system_.Step(process_, "sync", path_);
    if (step.ok()) {
      for (const PendingWrite& write : file_->unsynced) {
        Overwrite(write.offset, write.bytes, file_->on_disk);
      }
      file_->on_disk.resize(file_->shown.size());
    } else if (system_.IsAlive(process_)) {
      system_.KeepSome(*file_);
    } else {
      return step;
    }
    file_->unsynced.clear();
    return step;
  }

  absl::StatusOr<uint64_t> Size() override {
    TWINQ_RETURN_IF_ERROR(system_.Read(process_, path_));
    return file_->shown.size();
  }

 protected:
  absl::StatusOr<size_t> ReadSome(uint64_t offset, absl::Span<char> buffer) override {
    TWINQ_RETURN_IF_ERROR(system_.Read(process_, path_));
    const absl::string_view shown = file_->shown;
    if (offset >= shown.size() || buffer.empty()) return 0;
    const uint64_t bytes = system_.Piece(std::min(buffer.size(), shown.size() - offset));
    return shown.copy(buffer.data(), bytes, offset);
  }

  absl::StatusOr<size_t> WriteSome(uint64_t offset, absl::string_view bytes) override {
    const uint64_t end = offset + bytes.size();
    if (end > file_->shown.size() &&
        system_.BytesShown() + end - file_->shown.size() > system_.bytes_max_) {
      return absl::ResourceExhaustedError(absl::StrCat("write ", path_, ": no space left"));
    }
    const bool was_alive = system_.IsAlive(process_);
    absl::Status step = system_.Step(process_, "write", path_);
    if (!was_alive) return step;
    bytes = bytes.substr(
        0, step.ok() ? system_.Piece(bytes.size()) : system_.random_.Below(bytes.size() + 1));
    Overwrite(offset, bytes, file_->shown);
    file_->unsynced.push_back({offset, std::string(bytes)});
    if (!step.ok()) return step;
    return bytes.size();
  }

 private:
  MemoryFileSystem& system_;
  const uint64_t process_;
  const std::shared_ptr<Contained> file_;
  const std::string path_;
};

class MemoryFileSystem::DirectoryHandle : public FileDirectory {
 public:
  DirectoryHandle(MemoryFileSystem& system, Directory& directory, std::string path)
      : system_(system), process_(system.process_), directory_(directory), path_(std::move(path)) {
    directory_.holder = process_;
  }
  ~DirectoryHandle() override {
    if (directory_.holder == process_) directory_.holder = 0;
  }

  absl::StatusOr<std::unique_ptr<File>> CreateFile(absl::string_view name) override {
    if (directory_.shown.contains(std::string(name))) {
      return absl::AlreadyExistsError(absl::StrCat("create ", PathOf(name)));
    }
    auto file = std::make_shared<Contained>();
    TWINQ_RETURN_IF_ERROR(Change("create", {.from = "", .name = std::string(name), .file = file}));
    return std::make_unique<FileHandle>(system_, std::move(file), PathOf(name));
  }

  absl::StatusOr<std::unique_ptr<File>> OpenFile(absl::string_view name) override {
    TWINQ_RETURN_IF_ERROR(system_.Read(process_, PathOf(name)));
    TWINQ_ASSIGN_OR_RETURN(std::shared_ptr<Contained> file, Find("open", name));
    return std::make_unique<FileHandle>(system_, std::move(file), PathOf(name));
  }

  absl::StatusOr<std::vector<std::string>> ListFiles() override {
    TWINQ_RETURN_IF_ERROR(system_.Read(process_, path_));
    std::vector<std::string> names;
    for (const auto& [name, file] : directory_.shown) names.push_back(name);
    return names;
  }

  absl::Status RenameFile(absl::string_view from, absl::string_view to) override {
    TWINQ_ASSIGN_OR_RETURN(std::shared_ptr<Contained> file, Find("rename", from));
    return Change("rename", {.from = std::string(from), .name = std::string(to), .file = file});
  }

  absl::Status RemoveFile(absl::string_view name) override {
    TWINQ_RETURN_IF_ERROR(Find("remove", name).status());
    return Change("remove", {.from = "", .name = std::string(name), .file = nullptr});
  }

  absl::Status Sync() override {
    TWINQ_RETURN_IF_ERROR(system_.Step(process_, "sync", path_));
    directory_.on_disk = directory_.shown;
    directory_.unsynced.clear();
    return absl::OkStatus();
  }

  absl::StatusOr<uint64_t> FreeBytes() override {
    TWINQ_RETURN_IF_ERROR(system_.Read(process_, path_));
    return system_.RoomLeft();
  }

 private:
  std::string PathOf(absl::string_view name) const { return absl::StrCat(path_, "/", name); }

  absl::StatusOr<std::shared_ptr<Contained>> Find(absl::string_view operation,
                                                  absl::string_view name) {
    const auto found = directory_.shown.find(std::string(name));
    if (found == directory_.shown.end()) {
      return absl::NotFoundError(absl::StrCat(operation, " ", PathOf(name)));
    }
    return found->second;
  }

  absl::Status Change(absl::string_view operation, const PendingName& change) {
    const bool was_alive = system_.IsAlive(process_);
    absl::Status step = system_.Step(process_, operation, PathOf(change.name));
    // The process may have died just before its call was done, or just behind.
    const bool died = was_alive && !system_.IsAlive(process_);
    if (step.ok() || (died && system_.random_.Chance(0.5))) {
      Apply(change, directory_.shown);
      directory_.unsynced.push_back(change);
    }
    return step;
  }

  MemoryFileSystem& system_;
  const uint64_t process_;
  Directory& directory_;
  const std::string path_;
};

absl::Status MemoryFileSystem::MakeDirectory(const std::string& path) {
  TWINQ_RETURN_IF_ERROR(Step(process_, "create directory", path));
  directories_[path];
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<FileDirectory>> MemoryFileSystem::OpenDirectory(
    const std::string& path) {
  TWINQ_RETURN_IF_ERROR(Read(process_, path));
  const auto found = directories_.find(path);
  if (found == directories_.end()) return absl::NotFoundError(absl::StrCat("open ", path));
  Directory& directory = found->second;
  if (directory.holder != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " is in use by process ", directory.holder));
  }
  return std::make_unique<DirectoryHandle>(*this, directory, path);
}

absl::StatusOr<uint64_t> MemoryFileSystem::FreeBytes(const std::string& path) {
  TWINQ_RETURN_IF_ERROR(Read(process_, path));
  if (!directories_.contains(path)) return absl::NotFoundError(absl::StrCat("statvfs ", path));
  return RoomLeft();
}

void MemoryFileSystem::LosePower() {
  for (auto& [path, directory] : directories_) {
    for (const PendingName& change : directory.unsynced) {
      if (random_.Chance(0.5)) Apply(change, directory.on_disk);
    }
    directory.unsynced.clear();
    directory.shown = directory.on_disk;
    for (auto& [name, file] : directory.shown) {
      KeepSome(*file);
      file->unsynced.clear();
      file->shown = file->on_disk;
    }
  }
  KillProcess();
}

void MemoryFileSystem::KillProcess() {
  ++process_;
  for (auto& [path, directory] : directories_) directory.holder = 0;
  steps_ = 0;
  reads_ = 0;
  crash_at_ = kNever;
  fail_at_ = kNever;
  fail_read_at_ = kNever;
}

std::vector<std::string> MemoryFileSystem::Paths() const {
  std::vector<std::string> paths;
  for (const auto& [path, directory] : directories_) {
    for (const auto& [name, file] : directory.shown) paths.push_back(absl::StrCat(path, "/", name));
  }
  return paths;
}

const std::string& MemoryFileSystem::Contents(const std::string& path) const {
  const size_t slash = path.rfind('/');
  return directories_.at(path.substr(0, slash)).shown.at(path.substr(slash + 1))->shown;
}

void MemoryFileSystem::SetContents(const std::string& path, std::string contents) {
  const size_t slash = path.rfind('/');
  Directory& directory = directories_[path.substr(0, slash)];
  const std::string name = path.substr(slash + 1);
  if (!directory.shown.contains(name)) {
    directory.shown[name] = directory.on_disk[name] = std::make_shared<Contained>();
  }
  Contained& file = *directory.shown.at(name);
  file.unsynced.clear();
  file.on_disk = contents;
  file.shown = std::move(contents);
}

void MemoryFileSystem::FlipBit(const std::string& path, uint64_t offset, int bit) {
  std::string contents = Contents(path);
  contents.at(offset) = static_cast<char>(contents.at(offset) ^ (1 << bit));
  SetContents(path, std::move(contents));
}

void MemoryFileSystem::Remove(const std::string& path) {
  const size_t slash = path.rfind('/');
  Directory& directory = directories_.at(path.substr(0, slash));
  directory.shown.erase(path.substr(slash + 1));
  directory.on_disk.erase(path.substr(slash + 1));
}

void MemoryFileSystem::Apply(const PendingName& change, Names& names) {
  // What it was done to may have been lost.
  if (!change.from.empty() && names.erase(change.from) == 0) return;
  if (change.file == nullptr) {
    names.erase(change.name);
  } else {
    names[change.name] = change.file;
  }
}

void MemoryFileSystem::Overwrite(uint64_t offset, absl::string_view bytes, std::string& contents) {
  contents.resize(std::max(contents.size(), offset + bytes.size()));
  contents.replace(offset, bytes.size(), bytes.data(), bytes.size());
}

void MemoryFileSystem::KeepSome(Contained& file) {
  constexpr double kChances[] = {0, 0.1, 0.5, 0.9, 1};
  const double chance = kChances[random_.Below(std::size(kChances))];
  std::set<uint64_t> sectors;
  for (const PendingWrite& write : file.unsynced) {
    if (write.bytes.empty()) continue;
    for (uint64_t sector = write.offset / kSectorBytes;
         sector * kSectorBytes < write.offset + write.bytes.size(); ++sector) {
      sectors.insert(sector);
    }
  }
  const uint64_t old_size = file.on_disk.size();
  for (const uint64_t sector : sectors) KeepSector(sector, chance, file);
  file.on_disk.resize(random_.Chance(0.5) ? file.shown.size() : old_size);
}

void MemoryFileSystem::KeepSector(uint64_t sector, double chance, Contained& file) {
  const uint64_t begin = sector * kSectorBytes;
  // The parts of the writes that lie in it.
  std::vector<PendingWrite> parts;
  for (const PendingWrite& write : file.unsynced) {
    const uint64_t from = std::max(begin, write.offset);
    const uint64_t to = std::min(begin + kSectorBytes, write.offset + write.bytes.size());
    if (from < to) parts.push_back({from, write.bytes.substr(from - write.offset, to - from)});
  }
  size_t kept = parts.size();
  if (!random_.Chance(chance)) {
    // At the ends of the scale nothing is torn, so that all may be kept, or lost.
    const bool lost = chance == 0 || random_.Chance(0.5);
    kept = lost ? 0 : random_.Below(parts.size());
    if (chance > 0 && random_.Chance(0.2)) {
      parts[kept].bytes.resize(random_.Below(parts[kept].bytes.size() + 1));
      ++kept;
    }
  }
  for (size_t i = 0; i < kept; ++i) Overwrite(parts[i].offset, parts[i].bytes, file.on_disk);
}

bool MemoryFileSystem::IsAlive(uint64_t process) const {
  return process == process_ && steps_ <= crash_at_;
}

absl::Status MemoryFileSystem::Step(uint64_t process, absl::string_view operation,
                                    absl::string_view path) {
  if (!IsAlive(process)) return absl::UnavailableError("the process has ended");
  const uint64_t step = steps_++;
  if (step == crash_at_ || step == fail_at_) {
    return absl::InternalError(absl::StrCat(operation, " ", path, ": input/output error"));
  }
  return absl::OkStatus();
}

absl::Status MemoryFileSystem::Read(uint64_t process, absl::string_view path) {
  if (!IsAlive(process)) return absl::UnavailableError("the process has ended");
  if (reads_++ == fail_read_at_) {
    return absl::InternalError(absl::StrCat("read ", path, ": input/output error"));
  }
  return absl::OkStatus();
}

uint64_t MemoryFileSystem::Piece(uint64_t bytes) {
  return piecemeal_ && bytes > 0 ? 1 + random_.Below(bytes) : bytes;
}

uint64_t MemoryFileSystem::RoomLeft() const {
  return bytes_max_ - std::min(bytes_max_, BytesShown());
}

uint64_t MemoryFileSystem::BytesShown() const {
  uint64_t bytes = 0;
  for (const auto& [path, directory] : directories_) {
    for (const auto& [name, file] : directory.shown) bytes += file->shown.size();
  }
  return bytes;
}

}  // namespace twinq
