#include "platform/machine_memory.h"

#include <cstdint>
#include <optional>

#include "gtest/gtest.h"

namespace twinq::platform {
namespace {

TEST(MachineMemoryTest, IsThatOfSomeMachine) {
  EXPECT_GE(MachineMemoryBytes(), uint64_t{64} << 20);
  EXPECT_LE(MachineMemoryBytes(), uint64_t{1} << 50);
}

TEST(MachineMemoryTest, AControlGroupsLimitIsANumberOfBytes) {
  EXPECT_EQ(ParseMemoryLimit("536870912\n"), 536'870'912u);
}

TEST(MachineMemoryTest, AControlGroupNeedNotLimit) {
  for (const char* text : {"max\n", "", "0", "-1", "1 2", "9999999999999999999999"}) {
    EXPECT_EQ(ParseMemoryLimit(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace twinq::platform
