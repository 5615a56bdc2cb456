// Loaded into a server before the C library, a disk that breaks when told to: by the text in the
// file that TWINQ_FAULT names, which may change while the server runs.
//   "sync fails"   every sync is an input/output error
//   "sync takes MS"  every sync takes so many milliseconds longer
//   "sync hangs"   no sync ever returns; each first opens the pipe ".hangs" behind that file's name
//   "full"         the volume has no byte free, for those who ask

#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <fstream>
#include <poll.h>
#include <string>
#include <sys/statvfs.h>
#include <unistd.h>

namespace {

std::string FaultPath() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment.
  const char* path = std::getenv("TWINQ_FAULT");
  return path == nullptr ? "" : path;
}

std::string Fault() {
  std::ifstream file(FaultPath());
  std::string fault;
  std::getline(file, fault);
  return fault;
}

[[noreturn]] void Hang() {
  // Waits for the test, which waits for this.
  { const std::ofstream pipe(FaultPath() + ".hangs"); }
  for (;;) pause();
}

// As many milliseconds as the fault has syncs take longer.
int Delay(const std::string& fault) {
  const std::string takes = "sync takes ";
  return fault.rfind(takes, 0) == 0 ? std::atoi(fault.c_str() + takes.size()) : 0;
}

template <typename Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int fdatasync(int file) {
  const std::string fault = Fault();
  if (fault == "sync fails") {
    errno = EIO;
    return -1;
  }
  if (fault == "sync hangs") Hang();
  if (const int delay = Delay(fault); delay > 0) poll(nullptr, 0, delay);
  return Real<int(int)>("fdatasync")(file);
}

int statvfs(const char* path, struct statvfs* status) {
  const int result = Real<int(const char*, struct statvfs*)>("statvfs")(path, status);
  if (Fault() == "full") status->f_bavail = 0;
  return result;
}

}  // extern "C"
