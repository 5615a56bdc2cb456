#ifndef TWINQ_BENCH_DISK_RECYCLED_SEGMENTS_H_
#define TWINQ_BENCH_DISK_RECYCLED_SEGMENTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "core/base/file_system.h"

namespace twinq::bench {

// The least that a log on a disk could be, the floor under every durable figure: one write and one
// fdatasync a commit, on files that were filled with zeros once and are overwritten in turn, so
// that no sync has a file's size or extents to write. No format, no checksum, no way back.
//
// Errors: those of the file system. Thread-safety: one thread at a time.
class RecycledSegments {
 public:
  static constexpr uint64_t kSegmentBytes = 16 << 20;
  static constexpr int kSegments = 4;

  // In a directory that does not exist yet, or is empty; fills the files.
  static absl::StatusOr<std::unique_ptr<RecycledSegments>> Create(const std::string& directory);
  // Use Create().
  explicit RecycledSegments(std::vector<std::unique_ptr<File>> files) : files_(std::move(files)) {}

  // Writes the bytes behind those of the last commit, in whole pages, and syncs.
  // REQUIRES: they fit into a segment.
  absl::Status Commit(absl::string_view bytes);

 private:
  const std::vector<std::unique_ptr<File>> files_;
  size_t file_ = 0;
  uint64_t offset_ = 0;
  std::string pages_;  // A commit's; a member for its memory.
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_DISK_RECYCLED_SEGMENTS_H_
