#ifndef TWINQ_TESTS_SOAK_HTTP2_FRAMES_H_
#define TWINQ_TESTS_SOAK_HTTP2_FRAMES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace twinq::soak {

// What a client of gRPC writes to its connection, as bytes: RFC 9113, and for headers RFC 7541.

inline constexpr absl::string_view kHttp2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
inline constexpr uint32_t kHttp2WindowMax = 0x7fff'ffff;

// How many bytes of each answer the server may send before it is told to go on.
std::string SettingsFrame(uint32_t window_bytes);
// Lets the server send so many bytes more over the connection, whichever call they are of.
std::string WindowFrame(uint32_t bytes);
// The beginning of a call. `path` has at most 126 characters; streams of clients are odd.
std::string HeadersFrame(uint32_t stream, absl::string_view path);
// A part of a call's message; the frame's flags are given as they are.
std::string DataFrame(uint32_t stream, absl::string_view bytes, uint8_t flags);
inline constexpr uint8_t kEndOfStream = 0x1;

// A message as gRPC puts it into DATA frames, behind its length.
std::string WithLength(absl::string_view message);
// A whole call of one message, of at most 16 KiB.
std::string CallFrames(uint32_t stream, absl::string_view path, absl::string_view message);

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_HTTP2_FRAMES_H_
