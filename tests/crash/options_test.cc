#include "tests/crash/options.h"

#include "gtest/gtest.h"

namespace twinq::crash {
namespace {

TEST(OptionsTest, FreshSeedIsTakenUnlessOneIsGiven) {
  EXPECT_EQ(std::get<Options>(ParseOptions({}, 7)).seed, 7);
  EXPECT_EQ(std::get<Options>(ParseOptions({"--seed", "9"}, 7)).seed, 9);
}

TEST(OptionsTest, FlagsAreTaken) {
  const Options options = std::get<Options>(
      ParseOptions({"--rounds=3", "--seconds=0.5", "--operations=10", "--durability=interval:20",
                    "--journal-slack=64", "--keep=/tmp/kept"},
                   7));

  EXPECT_EQ(options.rounds, 3);
  EXPECT_EQ(options.round_min, absl::Milliseconds(500));
  EXPECT_EQ(options.operations_min, 10);
  EXPECT_EQ(options.durability, "interval:20");
  EXPECT_EQ(options.journal_slack_kib, 64);
  EXPECT_EQ(options.keep_dir, "/tmp/kept");
}

TEST(OptionsTest, ClientsAreVictimsOnlyIfAskedFor) {
  EXPECT_EQ(std::get<Options>(ParseOptions({}, 7)).victims, Victims::kServer);
  EXPECT_EQ(std::get<Options>(ParseOptions({"--clients"}, 7)).victims, Victims::kServerAndClients);
}

TEST(OptionsTest, RoundsOfClientsHaveTheirOwnLength) {
  EXPECT_EQ(std::get<ExitNow>(ParseOptions({"--clients", "--seconds=1"}, 7)).code, 2);
  EXPECT_EQ(std::get<ExitNow>(ParseOptions({"--clients", "--operations=9"}, 7)).code, 2);
}

TEST(OptionsTest, MistakesAndHelpEndTheProgram) {
  EXPECT_EQ(std::get<ExitNow>(ParseOptions({"--rounds=0"}, 7)).code, 2);
  EXPECT_EQ(std::get<ExitNow>(ParseOptions({"--help"}, 7)).code, 0);
}

}  // namespace
}  // namespace twinq::crash
