#ifndef TWINQ_CORE_BASE_VERSION_H_
#define TWINQ_CORE_BASE_VERSION_H_

#include "absl/strings/string_view.h"

namespace twinq {

// The version of this build as MAJOR.MINOR.PATCH (semver.org), as CMakeLists.txt states it.
absl::string_view Version();

}  // namespace twinq

#endif  // TWINQ_CORE_BASE_VERSION_H_
