#include "journal/file/segment_files.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq {

absl::StatusOr<SegmentFiles> SegmentFiles::Open(FileSystem& file_system, const std::string& path,
                                                const LogShape& of_new_log) {
  TWINQ_ASSIGN_OR_RETURN(std::unique_ptr<FileDirectory> directory, file_system.OpenDirectory(path));
  SegmentFiles files(std::move(directory), path, of_new_log);
  TWINQ_RETURN_IF_ERROR(files.FindSegments());
  return files;
}

absl::Status SegmentFiles::FindSegments() {
  TWINQ_ASSIGN_OR_RETURN(const std::vector<std::string> names, directory_->ListFiles());
  for (const std::string& name : names) {
    if (const std::optional<uint64_t> segment = ParseSegmentName(name)) segments_.insert(*segment);
  }
  if (segments_.empty()) return absl::OkStatus();
  // The newest: older ones may be dropped, and half way to being recycled.
  const uint64_t newest = *segments_.rbegin();
  TWINQ_ASSIGN_OR_RETURN(const std::unique_ptr<File> file,
                         directory_->OpenFile(SegmentName(newest)));
  TWINQ_ASSIGN_OR_RETURN(const SegmentHeader header, ReadHeader(newest, *file));
  shape_ = header.shape;
  return absl::OkStatus();
}

std::string SegmentFiles::PathOf(uint64_t segment) const {
  return absl::StrCat(path_, "/", SegmentName(segment));
}

absl::Status SegmentFiles::Missing(uint64_t segment) const {
  return absl::DataLossError(
      absl::StrCat(PathOf(segment), ": is missing, and with it all its records"));
}

absl::StatusOr<SegmentHeader> SegmentFiles::ReadHeader(uint64_t segment, File& file) const {
  std::string bytes(kSegmentHeaderBytes, '\0');
  TWINQ_ASSIGN_OR_RETURN(const size_t read, file.Read(0, absl::MakeSpan(bytes)));
  bytes.resize(read);
  absl::StatusOr<SegmentHeader> header = DecodeSegmentHeader(bytes);
  if (!header.ok()) {
    return absl::Status(header.status().code(),
                        absl::StrCat(PathOf(segment), ": ", header.status().message()));
  }
  if (header->segment != segment) {
    return absl::DataLossError(absl::StrCat(PathOf(segment), ": the header is that of segment ",
                                            SegmentName(header->segment)));
  }
  return header;
}

absl::StatusOr<std::unique_ptr<File>> SegmentFiles::OpenSegment(uint64_t segment) {
  if (!segments_.contains(segment)) return Missing(segment);
  TWINQ_ASSIGN_OR_RETURN(std::unique_ptr<File> file, directory_->OpenFile(SegmentName(segment)));
  TWINQ_ASSIGN_OR_RETURN(const SegmentHeader header, ReadHeader(segment, *file));
  if (header.shape != shape_) {
    return absl::DataLossError(absl::StrCat(PathOf(segment), ": belongs to another log"));
  }
  TWINQ_ASSIGN_OR_RETURN(const uint64_t size, file->Size());
  if (size != shape_.segment_bytes) {
    return absl::DataLossError(
        absl::StrCat(PathOf(segment), ": has ", size, " bytes instead of ", shape_.segment_bytes));
  }
  return file;
}

absl::Status SegmentFiles::MakeSegment(File& file, absl::string_view name, uint64_t segment) {
  // The header is durable before the name, so a segment's file always has a header to believe.
  TWINQ_RETURN_IF_ERROR(file.Write(0, EncodeSegmentHeader(shape_, segment)));
  TWINQ_RETURN_IF_ERROR(file.SyncData());
  TWINQ_RETURN_IF_ERROR(directory_->RenameFile(name, SegmentName(segment)));
  TWINQ_RETURN_IF_ERROR(directory_->Sync());
  segments_.insert(segment);
  return absl::OkStatus();
}

absl::Status SegmentFiles::Recycle(uint64_t old, uint64_t segment) {
  const std::string name = SegmentName(old);
  TWINQ_ASSIGN_OR_RETURN(const std::unique_ptr<File> file, directory_->OpenFile(name));
  TWINQ_ASSIGN_OR_RETURN(const uint64_t size, file->Size());
  // Something else has changed a file that nobody needs any more.
  if (size != shape_.segment_bytes) return Remove(old);
  TWINQ_RETURN_IF_ERROR(MakeSegment(*file, name, segment));
  segments_.erase(old);
  return absl::OkStatus();
}

absl::Status SegmentFiles::Remove(uint64_t segment) {
  TWINQ_RETURN_IF_ERROR(directory_->RemoveFile(SegmentName(segment)));
  segments_.erase(segment);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<File>> SegmentFiles::CreateNew() {
  const absl::Status removed = directory_->RemoveFile(kNewSegmentName);
  if (!removed.ok() && !absl::IsNotFound(removed)) return removed;
  return directory_->CreateFile(kNewSegmentName);
}

}  // namespace twinq
