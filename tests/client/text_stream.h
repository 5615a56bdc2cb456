#ifndef TWINQ_TESTS_CLIENT_TEXT_STREAM_H_
#define TWINQ_TESTS_CLIENT_TEXT_STREAM_H_

#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>

namespace twinq {

// A stream that keeps in memory what is written to it, up to kTextBytesMax.
class TextStream {
 public:
  static constexpr size_t kTextBytesMax = 65'536;

  TextStream();

  std::FILE* file() { return file_.get(); }
  std::string text();  // All that was written so far.

 private:
  std::array<char, kTextBytesMax> buffer_{};
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_CLIENT_TEXT_STREAM_H_
