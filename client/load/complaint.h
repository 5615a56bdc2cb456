#ifndef TWINQ_CLIENT_LOAD_COMPLAINT_H_
#define TWINQ_CLIENT_LOAD_COMPLAINT_H_

#include <cstdio>
#include <string>

#include "absl/status/status.h"

namespace twinq::load {

// Says why the program failed; if there is no server, also how to get one.
void PrintFailure(const absl::Status& failure, const std::string& server, std::FILE* error);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_COMPLAINT_H_
