#ifndef TWINQ_CLIENT_LOAD_REPORT_DUPLICATE_CAUSES_H_
#define TWINQ_CLIENT_LOAD_REPORT_DUPLICATE_CAUSES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "client/load/engine/run_result.h"

namespace twinq::load {

// Why messages were delivered more than once: the judge's names for a delivery of the same stored
// message, and `producer_retry` for one of a copy that a repeated send has stored.
struct DuplicateCause {
  std::string name;  // In snake_case.
  int64_t count = 0;
  std::string why;  // Of the cause, for people.
};

// All causes, in a fixed order, also those that did not occur. Their counts add up to the result's
// duplicates.
std::vector<DuplicateCause> DuplicateCausesOf(const RunResult& result);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_DUPLICATE_CAUSES_H_
