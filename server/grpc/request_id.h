#ifndef TWINQ_SERVER_GRPC_REQUEST_ID_H_
#define TWINQ_SERVER_GRPC_REQUEST_ID_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

#include "core/base/random.h"

namespace twinq {

inline constexpr size_t kRequestIdBytesMax = 128;

// What a call is named by in its answer: what its client says, or a UUID.
class RequestId {
 public:
  RequestId() = default;
  static RequestId Drawn(Random& random);
  // Drawn, unless `text` is 1 to kRequestIdBytesMax printable ASCII characters.
  static RequestId Given(absl::string_view text, Random& random);

  bool is_given() const { return !given_.empty(); }
  std::string text() const;

 private:
  std::string given_;
  uint64_t drawn_high_ = 0;  // As text only when it is asked for: few are.
  uint64_t drawn_low_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_REQUEST_ID_H_
