#include "platform/process_usage.h"

#include <vector>

#include "gtest/gtest.h"

namespace twinq::platform {
namespace {

TEST(ProcessUsageTest, OurOwnIsWhatWeHold) {
  std::vector<char> held(size_t{64} << 20);
  volatile char* const bytes = held.data();  // Else the compiler may do without.
  for (size_t i = 0; i < held.size(); i += 4096) bytes[i] = 'x';

  const auto usage = UsageOf(OwnProcessId());

  ASSERT_TRUE(usage.ok()) << usage.status();
  EXPECT_EQ(usage->name, "platform_test");
  EXPECT_GE(usage->cpu, absl::ZeroDuration());
  EXPECT_GE(usage->resident_bytes, static_cast<int64_t>(held.size()));
}

TEST(ProcessUsageTest, NoProcessIsNotFound) {
  EXPECT_EQ(UsageOf(-1).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(UsageOf(int64_t{1} << 40).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace twinq::platform
