#ifndef TWINQ_TESTS_CRASH_REPORT_H_
#define TWINQ_TESTS_CRASH_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"

#include "sim/history/duplicate_causes.h"
#include "sim/history/judge.h"
#include "tests/crash/queue_clients.h"

namespace twinq::crash {

// What the judge said of all queues together.
struct Totals {
  int64_t sends = 0;  // Acknowledged.
  int64_t sends_unknown = 0;
  int64_t recovered = 0;  // Delivered though no send was acknowledged.
  int64_t deliveries = 0;
  int64_t duplicate_deliveries = 0;
  history::CauseCounts duplicates = {};
  bool is_clean = true;
};

// Judges each queue, and prints what is wrong with it. The history of a queue that broke a promise,
// or of each if `keeps_all`, is written into `dir`.
enum class Keep : uint8_t { kBroken, kAll };
Totals JudgeAll(const std::vector<QueueHistory>& histories, const std::string& dir, Keep keep);

// The duplicates that there were, by cause: "released 5, failed 3".
std::string DuplicatesText(const history::CauseCounts& duplicates);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_REPORT_H_
