#include "platform/open_files.h"

#include <sys/resource.h>

namespace twinq::platform {

void AllowAllOpenFiles() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  // Where it cannot be raised, connections beyond it wait until others end.
  static_cast<void>(setrlimit(RLIMIT_NOFILE, &limit));
}

}  // namespace twinq::platform
