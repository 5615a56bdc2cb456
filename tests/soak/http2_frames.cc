#include "tests/soak/http2_frames.h"

#include <cstddef>

#include "absl/strings/str_cat.h"

namespace twinq::soak {
namespace {

constexpr uint8_t kData = 0;
constexpr uint8_t kHeaders = 1;
constexpr uint8_t kSettings = 4;
constexpr uint8_t kWindowUpdate = 8;
constexpr uint8_t kEndOfHeaders = 0x4;
constexpr uint16_t kInitialWindowSize = 4;
constexpr int kByteBits = 8;

// The number's last `count` bytes, the most significant first.
std::string BigEndian(uint64_t number, int count) {
  std::string bytes;
  for (int i = count - 1; i >= 0; --i) {
    bytes.push_back(static_cast<char>((number >> (i * kByteBits)) & 0xff));
  }
  return bytes;
}

std::string Frame(uint8_t kind, uint8_t flags, uint32_t stream, absl::string_view payload) {
  return absl::StrCat(BigEndian(payload.size(), 3), BigEndian(kind, 1), BigEndian(flags, 1),
                      BigEndian(stream, 4), payload);
}

// A string literal, not compressed.
std::string Text(absl::string_view text) { return absl::StrCat(BigEndian(text.size(), 1), text); }

}  // namespace

std::string SettingsFrame(uint32_t window_bytes) {
  return Frame(kSettings, 0, 0,
               absl::StrCat(BigEndian(kInitialWindowSize, 2), BigEndian(window_bytes, 4)));
}

std::string WindowFrame(uint32_t bytes) { return Frame(kWindowUpdate, 0, 0, BigEndian(bytes, 4)); }

std::string HeadersFrame(uint32_t stream, absl::string_view path) {
  // `:method: POST` and `:scheme: http` are entries of the static table; so are the names of
  // `:path` and `:authority`.
  const std::string new_name(1, '\0');
  return Frame(kHeaders, kEndOfHeaders, stream,
               absl::StrCat("\x83\x86\x04", Text(path), "\x01", Text("localhost"), new_name,
                            Text("content-type"), Text("application/grpc"), new_name, Text("te"),
                            Text("trailers")));
}

std::string DataFrame(uint32_t stream, absl::string_view bytes, uint8_t flags) {
  return Frame(kData, flags, stream, bytes);
}

std::string WithLength(absl::string_view message) {
  return absl::StrCat(BigEndian(0, 1), BigEndian(message.size(), 4), message);
}

std::string CallFrames(uint32_t stream, absl::string_view path, absl::string_view message) {
  return absl::StrCat(HeadersFrame(stream, path),
                      DataFrame(stream, WithLength(message), kEndOfStream));
}

}  // namespace twinq::soak
