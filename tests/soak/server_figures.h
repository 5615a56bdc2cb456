#ifndef TWINQ_TESTS_SOAK_SERVER_FIGURES_H_
#define TWINQ_TESTS_SOAK_SERVER_FIGURES_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace twinq::soak {

// What a server says of its memory on its page of metrics, in bytes.
struct ServerFigures {
  std::map<std::string, int64_t> accounts;  // twinq_memory_bytes
  int64_t resident = 0;                     // process_resident_memory_bytes
};

// InvalidArgument: there are none on the page.
absl::StatusOr<ServerFigures> ParseFigures(absl::string_view page);

// Unavailable: no answer within some seconds.
absl::StatusOr<ServerFigures> ReadFigures(const std::string& metrics_address);

// "bodies 10485760, queues 1234": the accounts that are not 0.
std::string TextOf(const std::map<std::string, int64_t>& accounts);

// The most memory that the process has ever held; 0 if the system does not say.
int64_t PeakResidentBytes(int pid);

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_SERVER_FIGURES_H_
