#ifndef TWINQ_PLATFORM_THREAD_H_
#define TWINQ_PLATFORM_THREAD_H_

#include <functional>
#include <string>
#include <thread>

namespace twinq::platform {

// A thread with a name that debuggers and `top` show, joined when it goes out of scope: whoever
// owns it must have made its function return by then.
class Thread {
 public:
  Thread() = default;  // No thread.
  // `name` is cut at 15 characters, which is all the kernel keeps.
  Thread(const std::string& name, std::function<void()> body);
  Thread(Thread&&) noexcept = default;
  Thread& operator=(Thread&& other) noexcept;
  ~Thread() { Join(); }

  bool is_running() const { return thread_.joinable(); }
  // Waits for the function to return. Does nothing if there is no thread.
  void Join();

 private:
  std::thread thread_;
};

// How many processors this process may use, at least 1.
int ProcessorCount();

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_THREAD_H_
