#include "bench/disk/recycled_segments.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "platform/posix_file_system.h"

namespace twinq::bench {
namespace {

constexpr uint64_t kPageBytes = 4 << 10;

}  // namespace

absl::StatusOr<std::unique_ptr<RecycledSegments>> RecycledSegments::Create(
    const std::string& directory) {
  platform::PosixFileSystem system;
  TWINQ_RETURN_IF_ERROR(system.MakeDirectory(directory));
  TWINQ_ASSIGN_OR_RETURN(const std::unique_ptr<FileDirectory> place,
                         system.OpenDirectory(directory));
  const std::string zeros(kSegmentBytes, '\0');
  std::vector<std::unique_ptr<File>> files;
  for (int i = 0; i < kSegments; ++i) {
    TWINQ_ASSIGN_OR_RETURN(std::unique_ptr<File> file, place->CreateFile(absl::StrCat("floor", i)));
    TWINQ_RETURN_IF_ERROR(file->Write(0, zeros));
    TWINQ_RETURN_IF_ERROR(file->SyncData());
    files.push_back(std::move(file));
  }
  TWINQ_RETURN_IF_ERROR(place->Sync());
  return std::make_unique<RecycledSegments>(std::move(files));
}

absl::Status RecycledSegments::Commit(absl::string_view bytes) {
  pages_.assign(bytes.data(), bytes.size());
  pages_.resize((bytes.size() + kPageBytes - 1) / kPageBytes * kPageBytes);
  TWINQ_CHECK(pages_.size() <= kSegmentBytes);
  if (offset_ + pages_.size() > kSegmentBytes) {
    offset_ = 0;
    file_ = (file_ + 1) % files_.size();
  }
  TWINQ_RETURN_IF_ERROR(files_[file_]->Write(offset_, pages_));
  offset_ += pages_.size();
  return files_[file_]->SyncData();
}

}  // namespace twinq::bench
