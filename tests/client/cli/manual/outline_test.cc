#include "client/cli/manual/outline.h"

#include <string>
#include <vector>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// What the parser would fill.
struct Parsed {
  std::string text;
  std::vector<std::string> texts;
  bool flag = false;
};

struct ArgumentCase {
  const char* test_name;
  ArgumentOutline (*make)(CLI::App& app, Parsed& parsed);
  const char* synopsis;
  const char* remark;
  Offer offer = Offer::kNothing;
};

class ArgumentOutlineTest : public ::testing::TestWithParam<ArgumentCase> {};

TEST_P(ArgumentOutlineTest, SaysWhatTheParserTakes) {
  CLI::App app;
  Parsed parsed;

  const ArgumentOutline argument = GetParam().make(app, parsed);

  EXPECT_EQ(argument.Synopsis(), GetParam().synopsis);
  EXPECT_EQ(argument.Remark(), GetParam().remark);
  EXPECT_EQ(argument.offer(), GetParam().offer);
}

INSTANTIATE_TEST_SUITE_P(
    Arguments, ArgumentOutlineTest,
    ::testing::Values(
        ArgumentCase{"Flag",
                     [](CLI::App& app, Parsed& parsed) {
                       return OutlineOf(*app.add_flag("-y,--yes", parsed.flag));
                     },
                     "-y, --yes", ""},
        ArgumentCase{"Option",
                     [](CLI::App& app, Parsed& parsed) {
                       return OutlineOf(
                           *app.add_option("--for", parsed.text)
                                ->required()
                                ->check(CLI::Validator([](const std::string&) { return ""; },
                                                       "DURATION")));
                     },
                     "--for DURATION", "required"},
        ArgumentCase{"Choices",
                     [](CLI::App& app, Parsed& parsed) {
                       return OutlineOf(*app.add_option("--color", parsed.text)
                                             ->check(CLI::IsMember({"auto", "never"}))
                                             ->envname("COLOR")
                                             ->default_str("auto"));
                     },
                     "--color auto|never", "default auto; environment COLOR", Offer::kChoices},
        ArgumentCase{"File",
                     [](CLI::App& app, Parsed& parsed) {
                       CLI::Option* body = app.add_option("BODY", parsed.text);
                       return OutlineOf(*app.add_option("--file", parsed.text)->excludes(body));
                     },
                     "--file TEXT", "not with BODY", Offer::kFiles},
        ArgumentCase{"Queue",
                     [](CLI::App& app, Parsed& parsed) {
                       return OutlineOf(*app.add_option("QUEUE", parsed.text)->required());
                     },
                     "QUEUE", "", Offer::kQueues},
        ArgumentCase{"Optional",
                     [](CLI::App& app, Parsed& parsed) {
                       return OutlineOf(*app.add_option("BODY", parsed.text));
                     },
                     "[BODY]", ""},
        ArgumentCase{"Repeated",
                     [](CLI::App& app, Parsed& parsed) {
                       return OutlineOf(*app.add_option("SETTING", parsed.texts));
                     },
                     "[SETTING]...", ""}),
    [](const auto& test) { return test.param.test_name; });

TEST(VerbOutlineTest, HasTheVerbsBelowItWithTheirPaths) {
  CLI::App app("Program");
  Parsed parsed;
  CLI::App* queue = app.add_subcommand("queue", "Queues");
  queue->add_subcommand("create", "Create one")->add_option("NAME", parsed.text)->required();
  app.add_subcommand("send", "Send");

  const VerbOutline program = OutlineOf(app);
  const auto verbs = AllVerbs(program);

  ASSERT_THAT(verbs, SizeIs(3));
  EXPECT_EQ(verbs[0]->Usage(), "twinq queue [OPTION]... VERB");
  EXPECT_EQ(verbs[1]->path, "queue create");
  EXPECT_EQ(verbs[1]->name(), "create");
  EXPECT_EQ(verbs[1]->Usage(), "twinq queue create [OPTION]... NAME");
  EXPECT_EQ(verbs[2]->path, "send");
}

TEST(VerbOutlineTest, OptionsWithValueAreThoseOfAllVerbs) {
  CLI::App app("Program");
  Parsed parsed;
  app.add_option("--server", parsed.text);
  CLI::App* send = app.add_subcommand("send", "Send");
  send->add_option("--group", parsed.text);
  send->add_flag("--yes", parsed.flag);

  EXPECT_THAT(OptionsWithValue(OutlineOf(app)), ElementsAre("--group", "--server"));
}

}  // namespace
}  // namespace twinq::cli
