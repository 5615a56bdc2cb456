#include "client/cli/line_sender.h"

#include <atomic>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/lib/call_status.h"
#include "client/lib/channel.h"
#include "platform/thread.h"
#include "tests/client/scripted_server.h"
#include "tests/support/gate.h"

namespace twinq::cli {
namespace {

using ::testing::IsEmpty;

// Stores all messages, those of a batch with the body "held" only once the gate is open.
class LineSenderTest : public ::testing::Test {
 protected:
  static ScriptedServer::Script ScriptOf(LineSenderTest& self) {
    return {.send_message_batch = [&self](const auto&, const auto& request, auto& response) {
      if (!self.refusal_.ok()) return self.refusal_;
      bool is_held = false;
      for (const auto& entry : request.entries()) {
        is_held = is_held || entry.message_body() == "held";
        auto& successful = *response.add_successful();
        successful.set_id(entry.id());
        successful.set_message_id(entry.message_body());
      }
      if (is_held) self.gate_.Pass();
      return absl::OkStatus();
    }};
  }
  LineSender::Tell Note() {
    return [this](int64_t line, const LineSender::Outcome& outcome) {
      EXPECT_EQ(line, static_cast<int64_t>(told_.size()) + 1);
      told_.push_back(outcome.ok() ? outcome->message_id : "");
    };
  }

  Gate gate_;
  absl::Status refusal_;
  std::vector<std::string> told_;
  ScriptedServer server_{ScriptOf(*this)};
};

TEST_F(LineSenderTest, OutcomesAreToldInTheOrderOfTheLines) {
  LineSender sender(client::Connect(server_.address()), "q", {}, Note());
  gate_.Close();
  ASSERT_TRUE(sender.Send("held").ok());
  gate_.AwaitSomebody();
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(sender.Send(absl::StrCat(i)).ok());
  gate_.Open();

  ASSERT_TRUE(sender.Finish().ok());
  ASSERT_EQ(told_.size(), 101u);
  EXPECT_EQ(told_.front(), "held");
  EXPECT_EQ(told_.back(), "99");
}

TEST_F(LineSenderTest, WhileTheFirstLineIsHeldUpTheOthersDoNotPileUp) {
  LineSender sender(client::Connect(server_.address()), "q", {}, Note());
  gate_.Close();
  ASSERT_TRUE(sender.Send("held").ok());
  gate_.AwaitSomebody();
  std::atomic<size_t> sent = 1;
  {
    const platform::Thread lines("lines", [&] {
      for (; sent < LineSender::kUntoldMax + 1'000; ++sent) {
        if (!sender.Send("line").ok()) return;
      }
    });
    while (sent < LineSender::kUntoldMax) platform::Thread("turn", [] {}).Join();
    EXPECT_EQ(sent, LineSender::kUntoldMax);
    gate_.Open();
  }

  ASSERT_TRUE(sender.Finish().ok());
  EXPECT_EQ(told_.size(), LineSender::kUntoldMax + 1'000);
}

TEST_F(LineSenderTest, WhatConcernsAllLinesEndsTheSending) {
  refusal_ = client::WithSqsErrorName(absl::NotFoundError("no such queue"), "QueueDoesNotExist");
  LineSender sender(client::Connect(server_.address()), "q", {}, Note());
  ASSERT_TRUE(sender.Send("a").ok());

  EXPECT_EQ(client::SqsErrorName(sender.Finish()), "QueueDoesNotExist");
  EXPECT_EQ(client::SqsErrorName(sender.Send("b")), "QueueDoesNotExist");
  EXPECT_THAT(told_, IsEmpty());
}

}  // namespace
}  // namespace twinq::cli
