#include "tests/soak/http2_frames.h"

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace twinq::soak {
namespace {

TEST(Http2FramesTest, FrameHasItsLengthKindFlagsAndStream) {
  EXPECT_EQ(DataFrame(0x01020304, "abc", kEndOfStream),
            absl::string_view("\0\0\3\0\1\1\2\3\4abc", 12));
}

TEST(Http2FramesTest, SettingsGiveTheWindow) {
  EXPECT_EQ(SettingsFrame(0x10), absl::string_view("\0\0\6\4\0\0\0\0\0\0\4\0\0\0\x10", 15));
}

TEST(Http2FramesTest, MessageStandsBehindItsLength) {
  EXPECT_EQ(WithLength("ab"), absl::string_view("\0\0\0\0\2ab", 7));
}

}  // namespace
}  // namespace twinq::soak
