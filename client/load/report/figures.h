#ifndef TWINQ_CLIENT_LOAD_REPORT_FIGURES_H_
#define TWINQ_CLIENT_LOAD_REPORT_FIGURES_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace twinq::load {

// Figures as people read them.

// 1234567 as "1,234,567".
std::string WithThousands(int64_t count);
// To three digits, which is more than a measurement is good for: "1.23 ms", "12.0 s".
std::string LatencyText(absl::Duration span);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_FIGURES_H_
