#ifndef TWINQ_SERVER_GRPC_REQUEST_ID_H_
#define TWINQ_SERVER_GRPC_REQUEST_ID_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

#include "core/base/random.h"

namespace twinq {

inline constexpr size_t kRequestIdBytesMax = 128;

// What a call is named by in its answer: what its client says if that is 1 to kRequestIdBytesMax
// printable ASCII characters, else a UUID.
std::string RequestId(absl::string_view given, Random& random);

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_REQUEST_ID_H_
