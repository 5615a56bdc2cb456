#ifndef TWINQ_PLATFORM_ENVIRONMENT_H_
#define TWINQ_PLATFORM_ENVIRONMENT_H_

#include <string>
#include <vector>

namespace twinq::platform {

// The environment of the process, NAME=VALUE each. REQUIRES: no other thread changes it.
std::vector<std::string> Environment();

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_ENVIRONMENT_H_
