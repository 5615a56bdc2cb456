#include "tests/fuzz/http2_bytes.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace twinq {
namespace {

constexpr absl::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
constexpr size_t kFrameBytesMax = 16'384;

enum class FrameType : uint8_t {
  kData = 0,
  kHeaders = 1,
  kResetStream = 3,
  kSettings = 4,
  kPing = 6,
  kWindowUpdate = 8
};
constexpr uint8_t kEndStream = 1;
constexpr uint8_t kEndHeaders = 4;

std::string BigEndian(uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i));
  return text;
}

std::string Frame(FrameType type, uint64_t flags, uint64_t stream, absl::string_view payload) {
  return absl::StrCat(BigEndian(payload.size(), 3), BigEndian(static_cast<uint64_t>(type), 1),
                      BigEndian(flags, 1), BigEndian(stream, 4), payload);
}

// HPACK: the length in seven bits and, if it does not fit, in groups of seven.
std::string LengthText(size_t length) {
  if (length < 127) return BigEndian(length, 1);
  std::string text = BigEndian(127, 1);
  for (length -= 127; length >= 128; length /= 128) text += BigEndian(128 + length % 128, 1);
  return text + BigEndian(length, 1);
}

// A field that no table knows.
std::string Field(absl::string_view name, absl::string_view value) {
  return absl::StrCat(BigEndian(0, 1), LengthText(name.size()), name, LengthText(value.size()),
                      value);
}

template <size_t kCount>
absl::string_view OneOf(Random& random, const absl::string_view (&texts)[kCount]) {
  return texts[random.Below(kCount)];
}

std::string AnyBytes(Random& random, size_t bytes_max) {
  std::string bytes(random.Below(bytes_max + 1), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.Below(256));
  return bytes;
}

std::string Headers(Random& random, absl::string_view path) {
  static constexpr absl::string_view kTypes[] = {
      "application/grpc", "application/grpc+proto", "application/json", "text/plain", "", "\x01"};
  static constexpr absl::string_view kMethods[] = {"POST", "POST", "POST", "GET", "PUT", ""};
  static constexpr absl::string_view kEncodings[] = {"identity", "gzip", "deflate",
                                                     "x",        "",     "gzip,gzip"};
  std::string fields = absl::StrCat(Field(":method", OneOf(random, kMethods)),
                                    Field(":scheme", "http"), Field(":path", path));
  if (!random.Chance(0.1)) fields += Field(":authority", "localhost");
  if (!random.Chance(0.1)) fields += Field("te", "trailers");
  if (!random.Chance(0.1)) fields += Field("content-type", OneOf(random, kTypes));
  if (random.Chance(0.3)) fields += Field("grpc-encoding", OneOf(random, kEncodings));
  if (random.Chance(0.3)) fields += Field("grpc-timeout", random.Chance(0.5) ? "1u" : "-1Z");
  if (random.Chance(0.3)) fields += Field("twinq-md5", AnyBytes(random, 4));
  if (random.Chance(0.3)) fields += Field("twinq-request-id", AnyBytes(random, 200));
  if (random.Chance(0.2)) fields += Field("x-long", std::string(random.Below(15'000), 'x'));
  if (random.Chance(0.2)) fields += Field(AnyBytes(random, 8), AnyBytes(random, 8));
  return fields;
}

std::string Message(Random& random, absl::string_view message) {
  uint64_t length = message.size();
  if (random.Chance(0.3)) length = random.Chance(0.5) ? length + 1 : random.Next() % 0x1'0000'0000;
  return absl::StrCat(BigEndian(random.Chance(0.9) ? 0 : random.Below(256), 1),
                      BigEndian(length, 4), message);
}

std::string AnyFrame(Random& random) {
  static constexpr FrameType kTypes[] = {FrameType::kResetStream, FrameType::kSettings,
                                         FrameType::kPing, FrameType::kWindowUpdate};
  const bool is_known = random.Chance(0.7);
  const FrameType type =
      is_known ? kTypes[random.Below(4)] : static_cast<FrameType>(random.Below(256));
  const size_t sizes[] = {4, 6, 8, 4};
  std::string payload =
      is_known ? std::string(sizes[random.Below(4)], '\x01') : AnyBytes(random, 40);
  return Frame(type, random.Below(8), random.Below(6), payload);
}

}  // namespace

std::string SpoiledHttp2Call(Random& random, absl::string_view path, absl::string_view message) {
  std::string bytes(kPreface);
  if (!random.Chance(0.1)) bytes += Frame(FrameType::kSettings, 0, 0, "");
  for (uint64_t stream = 1; stream <= 1 + 2 * random.Below(4); stream += 2) {
    if (random.Chance(0.2)) bytes += AnyFrame(random);
    bytes += Frame(FrameType::kHeaders, kEndHeaders | (random.Chance(0.1) ? kEndStream : 0), stream,
                   Headers(random, path).substr(0, kFrameBytesMax));
    const std::string data = Message(random, message.substr(0, kFrameBytesMax - 5));
    bytes += Frame(FrameType::kData, random.Chance(0.8) ? kEndStream : 0, stream, data);
  }
  if (random.Chance(0.3)) bytes[random.Below(bytes.size())] = static_cast<char>(random.Below(256));
  if (random.Chance(0.3)) bytes.resize(random.Below(bytes.size()));
  return bytes;
}

}  // namespace twinq
