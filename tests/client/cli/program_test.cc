#include "client/cli/program.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/lib/call_status.h"
#include "tests/client/scripted_server.h"
#include "tests/client/text_stream.h"

namespace twinq::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Call = ScriptedServer::Call;

struct Outcome {
  ExitCode exit_code;
  std::string out;
  std::string error;
};

Outcome Invoke(const std::vector<std::string>& arguments) {
  TextStream out;
  TextStream error;
  const ExitCode exit_code =
      RunProgram(arguments, {.in = stdin, .out = out.file(), .error = error.file()});
  return {exit_code, out.text(), error.text()};
}

// With --server behind the verb, where people write it.
Outcome Invoke(std::vector<std::string> arguments, const ScriptedServer& server) {
  arguments.push_back("--server=" + server.address());
  return Invoke(arguments);
}

struct KindCase {
  const char* test_name;
  const char* queue_name;
  const char* fifo_attribute;
};

class QueueCreateTest : public ::testing::TestWithParam<KindCase> {};

TEST_P(QueueCreateTest, TakesTheKindFromTheName) {
  std::string fifo_attribute;
  ScriptedServer server({.create_queue = [&](const Call&, const auto& request, auto& response) {
    for (const auto& [name, value] : request.attributes())
      absl::StrAppend(&fifo_attribute, name, "=", value);
    response.set_queue_url("http://host/0/" + request.queue_name());
    return absl::OkStatus();
  }});

  const Outcome outcome = Invoke({"queue", "create", GetParam().queue_name}, server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk) << outcome.error;
  EXPECT_EQ(outcome.out, std::string("http://host/0/") + GetParam().queue_name + "\n");
  EXPECT_EQ(fifo_attribute, GetParam().fifo_attribute);
}

INSTANTIATE_TEST_SUITE_P(Kinds, QueueCreateTest,
                         ::testing::Values(KindCase{"Standard", "orders", ""},
                                           KindCase{"Fifo", "orders.fifo", "FifoQueue=true"}),
                         [](const auto& test) { return test.param.test_name; });

TEST(CliProgramTest, QueueListPrintsNames) {
  ScriptedServer server({.list_queues = [](const Call&, const auto&, auto& response) {
    response.add_queue_urls("http://host/0/a");
    response.add_queue_urls("http://host/0/b.fifo");
    return absl::OkStatus();
  }});

  EXPECT_EQ(Invoke({"queue", "list", "--output=raw"}, server).out, "a\nb.fifo\n");
}

TEST(CliProgramTest, QueueDeleteIsSilent) {
  std::string deleted;
  ScriptedServer server({.delete_queue = [&](const Call&, const auto& request, auto&) {
    deleted = request.queue_url();
    return absl::OkStatus();
  }});

  const Outcome outcome = Invoke({"queue", "delete", "orders"}, server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk);
  EXPECT_EQ(outcome.out + outcome.error, "");
  EXPECT_EQ(deleted, "orders");
}

TEST(CliProgramTest, SendPassesItsOptionsOnAndPrintsIdAndSequence) {
  v1::SendMessageRequest seen;
  ScriptedServer server({.send_message = [&](const Call&, const auto& request, auto& response) {
    seen = request;
    response.set_message_id("id-1");
    response.set_sequence_number("00000000000000000007");
    return absl::OkStatus();
  }});

  const Outcome outcome =
      Invoke({"send", "q.fifo", "--group", "g", "--dedup-id=d", "hello world"}, server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk) << outcome.error;
  EXPECT_EQ(outcome.out, "id-1 sequence 00000000000000000007\n");
  EXPECT_EQ(seen.message_body(), "hello world");
  EXPECT_EQ(seen.message_group_id(), "g");
  EXPECT_EQ(seen.message_deduplication_id(), "d");
}

// A queue with one message, as one receive sees it; `deleted` gets the handle of a delete.
ScriptedServer::Script OneMessage(v1::ReceiveMessageRequest& seen, std::string& deleted) {
  return {.receive_message =
              [&](const Call&, const auto& request, auto& response) {
                seen = request;
                v1::Message& message = *response.add_messages();
                message.set_body("hello");
                message.set_message_id("id-1");
                message.set_receipt_handle("handle-1");
                return absl::OkStatus();
              },
          .delete_message =
              [&](const Call&, const auto& request, auto&) {
                deleted = request.receipt_handle();
                return absl::OkStatus();
              }};
}

TEST(CliProgramTest, ReceivePrintsBodyIdAndHandle) {
  v1::ReceiveMessageRequest seen;
  std::string deleted;
  ScriptedServer server(OneMessage(seen, deleted));

  const Outcome outcome =
      Invoke({"receive", "q", "--max=3", "--wait=2s", "--visibility", "1m"}, server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk) << outcome.error;
  EXPECT_EQ(outcome.out, "hello\n  id      id-1\n  handle  handle-1\n");
  EXPECT_EQ(seen.max_number_of_messages(), 3);
  EXPECT_EQ(seen.wait_time_seconds(), 2);
  EXPECT_EQ(seen.visibility_timeout(), 60);
  EXPECT_EQ(deleted, "");
}

TEST(CliProgramTest, ReceiveLeavesTheQueuesSettingsAlone) {
  v1::ReceiveMessageRequest seen;
  std::string deleted;
  ScriptedServer server(OneMessage(seen, deleted));

  ASSERT_EQ(Invoke({"receive", "q"}, server).exit_code, ExitCode::kOk);

  EXPECT_FALSE(seen.has_wait_time_seconds());
  EXPECT_FALSE(seen.has_visibility_timeout());
}

TEST(CliProgramTest, ReceiveWithAckDeletesWhatItPrinted) {
  v1::ReceiveMessageRequest seen;
  std::string deleted;
  ScriptedServer server(OneMessage(seen, deleted));

  const Outcome outcome = Invoke({"receive", "q", "--ack"}, server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk) << outcome.error;
  EXPECT_EQ(outcome.out, "hello\n  id      id-1\n  deleted\n");
  EXPECT_EQ(deleted, "handle-1");
}

TEST(CliProgramTest, ReceiveWithoutMessageHasAnExitCodeOfItsOwn) {
  ScriptedServer server(
      {.receive_message = [](const Call&, const auto&, auto&) { return absl::OkStatus(); }});

  const Outcome outcome = Invoke({"receive", "q"}, server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kNothing);
  EXPECT_EQ(outcome.out + outcome.error, "");
}

TEST(CliProgramTest, AckDeletesByHandle) {
  v1::ReceiveMessageRequest seen;
  std::string deleted;
  ScriptedServer server(OneMessage(seen, deleted));

  EXPECT_EQ(Invoke({"ack", "q", "handle-7"}, server).exit_code, ExitCode::kOk);

  EXPECT_EQ(deleted, "handle-7");
}

TEST(CliProgramTest, ARefusalIsPrintedWithTheNextStep) {
  ScriptedServer server({.delete_queue = [](const Call&, const auto&, auto&) {
    return client::WithSqsErrorName(absl::NotFoundError("The specified queue does not exist."),
                                    "QueueDoesNotExist");
  }});

  const Outcome outcome = Invoke({"queue", "delete", "orders"}, server);

  EXPECT_EQ(outcome.exit_code, ExitCode::kRefused);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.error,
              StartsWith("twinq: The specified queue does not exist.\nmake it with"));
}

TEST(CliProgramTest, HelpDocumentsTheExitCodes) {
  const Outcome outcome = Invoke({"--help"});

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk);
  EXPECT_THAT(outcome.out, HasSubstr("3  no server"));
  EXPECT_EQ(outcome.error, "");
}

TEST(CliProgramTest, HelpOfAVerbHasItsArgumentsAndThoseOfEveryVerb) {
  const Outcome outcome = Invoke({"receive", "--help"});

  EXPECT_EQ(outcome.exit_code, ExitCode::kOk);
  EXPECT_THAT(outcome.out, HasSubstr("Usage: twinq receive [OPTION]... QUEUE\n"));
  EXPECT_THAT(outcome.out, HasSubstr("\n  --wait DURATION "));
  EXPECT_THAT(outcome.out, HasSubstr("\n  --output table|json|raw\n"));
  EXPECT_THAT(outcome.out, HasSubstr("\n  twinq receive jobs --wait 20s --ack\n"));
}

// Help, man page and completions are made from one description, and a verb is in all or in none.
TEST(CliProgramTest, AVerbOfTheHelpIsInManPageAndCompletions) {
  const std::string help = Invoke({"--help"}).out;
  const std::string man = Invoke({"man"}).out;

  ASSERT_THAT(help, HasSubstr("\n  release "));
  EXPECT_THAT(man, HasSubstr(".SS \"twinq release "));
  EXPECT_THAT(Invoke({"completion", "bash"}).out, HasSubstr("'release 0') echo '@queues' ;;"));
  EXPECT_THAT(Invoke({"completion", "zsh"}).out, HasSubstr("release) _twinq_release ;;"));
  EXPECT_THAT(Invoke({"completion", "fish"}).out, HasSubstr("'__twinq_at \"\" 0' -a release -d"));
}

TEST(CliProgramTest, ManPageHasExitCodesAndEnvironment) {
  const std::string man = Invoke({"man"}).out;

  EXPECT_THAT(man, HasSubstr("\n  3  no server, or no answer in time\n"));
  EXPECT_THAT(man, HasSubstr(".B TWINQ_SERVER\nStands in for \\-\\-server.\n"));
}

struct ComplaintCase {
  const char* test_name;
  std::vector<std::string> arguments;
  const char* complaint;
};

class CliComplaintTest : public ::testing::TestWithParam<ComplaintCase> {};

TEST_P(CliComplaintTest, NamesTheMistakeAndWhereToRead) {
  EXPECT_THAT(Invoke(GetParam().arguments).error, StartsWith(GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, CliComplaintTest,
    ::testing::Values(
        ComplaintCase{
            "NoVerb", {"quue"}, "twinq: there is no verb \"quue\"; there are queue, send"},
        ComplaintCase{"NoVerbBelow",
                      {"queue", "mak", "q"},
                      "twinq: there is no verb \"mak\"; there are create, list, show"},
        ComplaintCase{"WhichVerb", {"queue"}, "twinq: which verb? There are create, list, show"},
        ComplaintCase{"NoOption",
                      {"queue", "list", "--sever", "x"},
                      "twinq: there is no option --sever\nsee `twinq queue list --help`\n"},
        ComplaintCase{"TooMany",
                      {"ack", "q", "h", "extra"},
                      "twinq: one argument too many: extra\nsee `twinq ack --help`\n"},
        ComplaintCase{"Missing", {"send"}, "twinq: QUEUE is required\nsee `twinq send --help`\n"},
        ComplaintCase{
            "Value", {"receive", "q", "--wait=5"}, "twinq: --wait: \"5\" is no duration"}),
    [](const auto& test) { return test.param.test_name; });

class CliUsageTest : public ::testing::TestWithParam<std::vector<std::string>> {};

TEST_P(CliUsageTest, AWrongCommandLineAsksNoServer) {
  const Outcome outcome = Invoke(GetParam());

  EXPECT_EQ(outcome.exit_code, ExitCode::kUsage);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.error, HasSubstr("--help"));
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, CliUsageTest,
    ::testing::Values(std::vector<std::string>{}, std::vector<std::string>{"queue"},
                      std::vector<std::string>{"queue", "create"},
                      std::vector<std::string>{"unqueue"},
                      std::vector<std::string>{"send", "q", "body", "--attribute", "x"},
                      std::vector<std::string>{"send", "q", "body", "--file", "f"},
                      std::vector<std::string>{"queue", "set", "q"},
                      std::vector<std::string>{"queue", "set", "q", "=5"},
                      std::vector<std::string>{"queue", "list", "--output=xml"},
                      std::vector<std::string>{"extend", "q", "h"},
                      std::vector<std::string>{"receive", "q", "--wait", "5"},
                      std::vector<std::string>{"receive", "q", "--max", "x"},
                      std::vector<std::string>{"ack", "q"},
                      std::vector<std::string>{"completion", "csh"},
                      std::vector<std::string>{"ack", "q", "h", "--frobnicate"}));

}  // namespace
}  // namespace twinq::cli
