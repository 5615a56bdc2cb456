#include "bench/e2e/process_usage.h"

#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <unistd.h>

namespace twinq::bench {
namespace {

std::string ProcPath(int pid, const char* file) {
  return "/proc/" + (pid == 0 ? std::string("self") : std::to_string(pid)) + "/" + file;
}

}  // namespace

double CpuSeconds(int pid) {
  std::ifstream file(ProcPath(pid, "stat"));
  std::string line;
  std::getline(file, line);
  const size_t name_end = line.rfind(')');  // The name before it may hold spaces.
  if (name_end == std::string::npos) return 0;
  std::istringstream fields(line.substr(name_end + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;  // state, ppid, … up to cmajflt
  double user_ticks = 0;
  double system_ticks = 0;
  fields >> user_ticks >> system_ticks;
  return (user_ticks + system_ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double ResidentKibibytes(int pid) {
  std::ifstream file(ProcPath(pid, "status"));
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind("VmRSS:", 0) != 0) continue;
    std::istringstream fields(line.substr(6));
    double kibibytes = 0;
    fields >> kibibytes;
    return kibibytes;
  }
  return 0;
}

}  // namespace twinq::bench
