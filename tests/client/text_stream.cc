#include "tests/client/text_stream.h"

#include <cstddef>

#include "core/base/check.h"

namespace twinq {

TextStream::TextStream() : file_(fmemopen(buffer_.data(), buffer_.size(), "w"), &std::fclose) {
  TWINQ_CHECK(file_ != nullptr);
}

std::string TextStream::text() {
  TWINQ_CHECK(std::fflush(file_.get()) == 0);
  return {buffer_.data(), static_cast<size_t>(std::ftell(file_.get()))};
}

}  // namespace twinq
