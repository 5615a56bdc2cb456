#include "bench/e2e/loop_measurement.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace twinq::bench {
namespace {

TEST(LoopMeasurementTest, GivesRatesPercentilesAndCpuTimeACallAndAMessage) {
  LoopMeasurement measured;
  for (int64_t i = 100; i >= 0; --i) measured.latencies_ns.push_back(i * 1000);
  measured.messages = 202;
  measured.elapsed_ns = 2'000'000'000;
  measured.server_cpu_seconds = 0.000'808;
  measured.client_cpu_seconds = 0.000'404;

  EXPECT_EQ(JsonMembers(measured),
            R"("calls_per_s": 50, "messages_per_s": 101, "p50_us": 50.0, "p99_us": 99.0, )"
            R"("max_us": 100.0, "server_cpu_us_per_call": 8.000, )"
            R"("server_cpu_us_per_message": 4.000, "client_cpu_us_per_call": 4.000, )"
            R"("calls": 101, "seconds": 2.000)");
}

}  // namespace
}  // namespace twinq::bench
