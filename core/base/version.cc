#include "core/base/version.h"

namespace twinq {

absl::string_view Version() { return TWINQ_VERSION; }

}  // namespace twinq
