#include "core/base/large_memory.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "gtest/gtest.h"

namespace twinq {
namespace {

constexpr size_t kOwn = LargeMemory::kOwnMappingBytes;

unsigned char* Bytes(const LargeMemory& memory) {
  return static_cast<unsigned char*>(memory.data());
}

class LargeMemoryTest : public ::testing::TestWithParam<size_t> {};

TEST_P(LargeMemoryTest, IsZeroedAndAlignedAndCanBeWrittenWhole) {
  const LargeMemory memory(GetParam());

  EXPECT_EQ(memory.bytes(), GetParam());
  EXPECT_EQ(reinterpret_cast<uintptr_t>(memory.data()) % 16, 0u);
  for (size_t i = 0; i < memory.bytes(); ++i) ASSERT_EQ(Bytes(memory)[i], 0) << i;
  std::memset(memory.data(), 7, memory.bytes());
}

TEST_P(LargeMemoryTest, WhatIsLeftOfItStaysWhereItIs) {
  LargeMemory memory(GetParam());
  void* const data = memory.data();
  std::memset(memory.data(), 7, memory.bytes());

  while (memory.bytes() > 1) {
    memory.Shrink(memory.bytes() / 2);
    ASSERT_EQ(memory.data(), data);
    ASSERT_EQ(Bytes(memory)[memory.bytes() - 1], 7);
  }
  memory.Shrink(0);

  EXPECT_EQ(memory.data(), nullptr);
  EXPECT_EQ(memory.bytes(), 0u);
}

TEST_P(LargeMemoryTest, GoesWhereItIsMoved) {
  LargeMemory first(GetParam());
  void* const data = first.data();

  LargeMemory second(std::move(first));
  LargeMemory third(1);
  third = std::move(second);

  EXPECT_EQ(third.data(), data);
  EXPECT_EQ(third.bytes(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Sizes, LargeMemoryTest,
                         ::testing::Values(1, 4'096, kOwn - 1, kOwn, kOwn + 1, 3 * kOwn - 1));

}  // namespace
}  // namespace twinq
