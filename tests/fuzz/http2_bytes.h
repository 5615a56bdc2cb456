#ifndef TWINQ_TESTS_FUZZ_HTTP2_BYTES_H_
#define TWINQ_TESTS_FUZZ_HTTP2_BYTES_H_

#include <string>

#include "absl/strings/string_view.h"

#include "core/base/random.h"

namespace twinq {

// What a client of gRPC might send on a new connection to call the method with the message, and
// something is wrong with it: its headers are not gRPC's, or over-long, its message is shorter or
// longer than it says, frames are missing, too many or of no kind, bytes differ, or the end is
// missing.
std::string SpoiledHttp2Call(Random& random, absl::string_view path, absl::string_view message);

}  // namespace twinq

#endif  // TWINQ_TESTS_FUZZ_HTTP2_BYTES_H_
