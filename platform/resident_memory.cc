#include "platform/resident_memory.h"

#include <fstream>
#include <unistd.h>

namespace twinq::platform {

int64_t ResidentMemoryBytes() {
  std::ifstream file("/proc/self/statm");
  int64_t total_pages = 0;
  int64_t resident_pages = 0;
  file >> total_pages >> resident_pages;
  return resident_pages * sysconf(_SC_PAGESIZE);
}

}  // namespace twinq::platform
