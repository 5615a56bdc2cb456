#include "client/cli/confirmation.h"

#include <cstdio>
#include <memory>
#include <string>

#include "gtest/gtest.h"

#include "client/lib/channel.h"
#include "tests/client/text_stream.h"

namespace twinq::cli {
namespace {

struct AnswerCase {
  const char* test_name;
  std::string typed;
  bool goes_on;
};

class ConfirmationTest : public ::testing::TestWithParam<AnswerCase> {
 protected:
  // Asks somebody who types this.
  bool Ask(std::string typed, bool asks) {
    // fmemopen() takes no empty memory.
    typed.push_back('\n');
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(
        fmemopen(typed.data(), typed.size(), "r"), &std::fclose);
    Session session{.channel = channel_,
                    .queues = queues_,
                    .admin = admin_,
                    .format = OutputFormat::kTable,
                    .in = in.get(),
                    .out = question_.file(),
                    .error = question_.file(),
                    .asks = asks};
    return Confirm(session, "Sure?");
  }

  TextStream question_;

 private:
  // Nobody calls them.
  const std::shared_ptr<grpc::ChannelInterface> channel_ = client::Connect("127.0.0.1:1");
  client::QueueClient queues_{channel_};
  client::AdminClient admin_{channel_};
};

TEST_P(ConfirmationTest, OnlyAYesGoesOn) {
  EXPECT_EQ(Ask(GetParam().typed, true), GetParam().goes_on);
  EXPECT_EQ(question_.text(), "Sure? [y/N] ");
}

INSTANTIATE_TEST_SUITE_P(
    Answers, ConfirmationTest,
    ::testing::Values(AnswerCase{"Y", "y", true}, AnswerCase{"Yes", "YES", true},
                      AnswerCase{"Padded", "  yes ", true}, AnswerCase{"Nothing", "", false},
                      AnswerCase{"No", "no", false}, AnswerCase{"Else", "yesterday", false}),
    [](const auto& test) { return test.param.test_name; });

TEST_F(ConfirmationTest, WhereNobodyIsThereToAnswerNobodyIsAsked) {
  EXPECT_TRUE(Ask("no", false));
  EXPECT_EQ(question_.text(), "");
}

}  // namespace
}  // namespace twinq::cli
