#ifndef TWINQ_SERVER_RUNTIME_MEMORY_RETURN_H_
#define TWINQ_SERVER_RUNTIME_MEMORY_RETURN_H_

#include <cstdint>

namespace twinq {

// Decides when freed memory is given back to the machine: once a time of load is over, and only if
// there may be much of it. What a crowd of clients took would else be the process's for good.
//
// Thread-safety: one thread at a time.
class MemoryReturn {
 public:
  static constexpr uint64_t kQuietCommandsMax = 100;
  static constexpr int64_t kGrowthBytesMin = int64_t{16} << 20;
  static constexpr int kAgainAfter = 3;

  // To be asked about once a second, with the number of commands handled since the start. True if
  // hardly any were since the question before, and the resident memory has grown since it was given
  // back, or was least; and once more at the kAgainAfter-th quiet question after that, for calls
  // and connections that come to their end late.
  bool IsDue(uint64_t commands, int64_t resident_bytes);
  // It was given back, and this is what remained.
  void Returned(int64_t resident_bytes) { least_resident_bytes_ = resident_bytes; }

 private:
  uint64_t commands_ = 0;
  int64_t least_resident_bytes_ = 0;
  int again_in_ = 0;  // Quiet questions; 0: not.
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_MEMORY_RETURN_H_
