#include "bench/e2e/loop_measurement.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_format.h"

namespace twinq::bench {
namespace {

constexpr size_t kReservedCalls = size_t{1} << 20;

int64_t Percentile(std::vector<int64_t>& values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<size_t>(at)];
}

}  // namespace

LoopMeasurement::LoopMeasurement() { latencies_ns.reserve(kReservedCalls); }

std::string JsonMembers(LoopMeasurement& measured) {
  const auto calls = static_cast<double>(measured.latencies_ns.size());
  const auto messages = static_cast<double>(measured.messages);
  const double seconds = static_cast<double>(measured.elapsed_ns) / 1e9;
  const auto percentile_us = [&measured](double share) {
    return static_cast<double>(Percentile(measured.latencies_ns, share)) / 1e3;
  };
  return absl::StrFormat(
      R"("calls_per_s": %.0f, "messages_per_s": %.0f, "p50_us": %.1f, "p99_us": %.1f, "max_us": %.1f, )"
      R"("server_cpu_us_per_call": %.3f, "server_cpu_us_per_message": %.3f, )"
      R"("client_cpu_us_per_call": %.3f, "calls": %.0f, "seconds": %.3f)",
      calls / seconds, messages / seconds, percentile_us(0.5), percentile_us(0.99),
      percentile_us(1.0), measured.server_cpu_seconds * 1e6 / calls,
      measured.server_cpu_seconds * 1e6 / messages, measured.client_cpu_seconds * 1e6 / calls,
      calls, seconds);
}

}  // namespace twinq::bench
