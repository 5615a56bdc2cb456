#include "core/model/message_id.h"

#include <cstdint>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

TEST(MessageIdTest, TextIsTheBitsInOrder) {
  EXPECT_EQ(MessageId::FromBits(0x0123456789ABCDEF, 0xFEDCBA9876543210).ToText(),
            "01234567-89ab-cdef-fedc-ba9876543210");
}

TEST(MessageIdTest, RandomBitsBecomeAUuidOfVersionFour) {
  EXPECT_EQ(MessageId::FromRandomBits(0, 0).ToText(), "00000000-0000-4000-8000-000000000000");
  EXPECT_EQ(MessageId::FromRandomBits(~uint64_t{0}, ~uint64_t{0}).ToText(),
            "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

TEST(MessageIdTest, KeepsTheOther122Bits) {
  for (const uint64_t seed : SeedsOfRounds(100)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    const uint64_t high = random.Next();
    const uint64_t low = random.Next();

    const MessageId id = MessageId::FromRandomBits(high, low);

    EXPECT_EQ((id.high() ^ high) & ~uint64_t{0xF000}, 0u);
    EXPECT_EQ((id.low() ^ low) << 2, 0u);
  }
}

TEST(MessageIdTest, ComesBackFromItsBits) {
  const MessageId id = MessageId::FromRandomBits(123, 456);

  EXPECT_EQ(MessageId::FromBits(id.high(), id.low()), id);
}

}  // namespace
}  // namespace twinq
