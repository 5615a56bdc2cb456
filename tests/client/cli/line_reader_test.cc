#include "client/cli/line_reader.h"

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <unistd.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr size_t kLineBytesMax = 10'000;

// Reads from a pipe that the test writes to.
class LineReaderTest : public ::testing::Test {
 protected:
  LineReaderTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    in_.reset(fdopen(ends[0], "r"));
    out_ = ends[1];
  }
  void TearDown() override { CloseOut(); }

  void Write(absl::string_view text) {
    ASSERT_EQ(write(out_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void CloseOut() {
    if (out_ >= 0) close(out_);
    out_ = -1;
  }
  LineReader& reader() {
    if (reader_ == nullptr) reader_ = std::make_unique<LineReader>(in_.get(), kLineBytesMax);
    return *reader_;
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> in_{nullptr, &std::fclose};
  int out_ = -1;
  std::unique_ptr<LineReader> reader_;
};

TEST_F(LineReaderTest, GivesTheLinesThatHaveComeAndKeepsTheBeginningOfTheNext) {
  Write("one\ntwo\nthr");
  EXPECT_THAT(*reader().Next(), ElementsAre("one", "two"));
  Write("ee\n\n");
  EXPECT_THAT(*reader().Next(), ElementsAre("three", ""));
  Write("without an end");
  CloseOut();

  EXPECT_THAT(*reader().Next(), ElementsAre("without an end"));
  EXPECT_THAT(*reader().Next(), IsEmpty());
}

TEST_F(LineReaderTest, AnEmptyStreamHasNoLines) {
  CloseOut();

  EXPECT_THAT(*reader().Next(), IsEmpty());
}

TEST_F(LineReaderTest, ALineThatIsTooLongIsNamed) {
  Write("one\n" + std::string(kLineBytesMax, 'x') + "\n" + std::string(kLineBytesMax + 1, 'y'));

  EXPECT_THAT(*reader().Next(), ElementsAre("one", std::string(kLineBytesMax, 'x')));
  const auto lines = reader().Next();

  EXPECT_EQ(lines.status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_THAT(std::string(lines.status().message()), HasSubstr("line 3 has"));
}

}  // namespace
}  // namespace twinq::cli
