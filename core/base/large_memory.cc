#include "core/base/large_memory.h"

#include <cstdint>
#include <cstdlib>
#include <sys/mman.h>

#include "core/base/check.h"

namespace twinq {
namespace {

constexpr size_t kHugePageBytes = size_t{2} << 20;  // Of x86-64, and of others that we know of.

size_t RoundUp(size_t bytes) {
  return (bytes + kHugePageBytes - 1) / kHugePageBytes * kHugePageBytes;
}

void Unmap(char* begin, size_t bytes) {
  if (bytes > 0) TWINQ_CHECK(munmap(begin, bytes) == 0);
}

// So many bytes, whole huge pages, that begin where a huge page can.
char* Map(size_t bytes) {
  const size_t mapped_bytes = bytes + kHugePageBytes;
  void* const mapped = mmap(nullptr, mapped_bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  TWINQ_CHECK(mapped != MAP_FAILED);
  char* const begin = static_cast<char*>(mapped);
  const size_t before =
      RoundUp(reinterpret_cast<uintptr_t>(begin)) - reinterpret_cast<uintptr_t>(begin);
  Unmap(begin, before);
  Unmap(begin + before + bytes, mapped_bytes - before - bytes);
  // A system that has no huge pages to give refuses, and its ordinary ones do.
  static_cast<void>(madvise(begin + before, bytes, MADV_HUGEPAGE));
  return begin + before;
}

}  // namespace

LargeMemory::LargeMemory(size_t bytes) : bytes_(bytes), is_mapping_(bytes >= kOwnMappingBytes) {
  data_ = is_mapping_ ? Map(RoundUp(bytes)) : std::calloc(bytes, 1);  // NOLINT(*-owning-memory)
  TWINQ_CHECK(data_ != nullptr);
}

void LargeMemory::Shrink(size_t bytes) {
  TWINQ_CHECK(bytes <= bytes_);
  if (data_ == nullptr) return;
  if (is_mapping_) {
    const size_t kept_bytes = RoundUp(bytes);
    Unmap(static_cast<char*>(data_) + kept_bytes, RoundUp(bytes_) - kept_bytes);
  } else if (bytes == 0) {
    std::free(data_);  // NOLINT(*-owning-memory)
  }
  if (bytes == 0) data_ = nullptr;
  bytes_ = bytes;
}

}  // namespace twinq
