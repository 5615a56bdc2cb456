#include "tests/soak/options.h"

#include "gtest/gtest.h"

namespace twinq::soak {
namespace {

TEST(ScheduleTest, HalfAnHourHasThirtyCyclesWithTenThousandPolls) {
  const Schedule schedule = ScheduleOf(absl::Minutes(30));

  EXPECT_EQ(schedule.cycles, 30);
  EXPECT_EQ(schedule.hostile, absl::Seconds(45));
  EXPECT_EQ(schedule.polls, 10'000);
}

TEST(ScheduleTest, ShortestHasTwoCyclesThatAreLongEnough) {
  const Schedule schedule = ScheduleOf(absl::Seconds(6));

  EXPECT_EQ(schedule.cycles, 2);
  EXPECT_EQ(schedule.hostile, absl::Seconds(3));
  EXPECT_EQ(schedule.polls, 750);
}

TEST(OptionsTest, FreshSeedIsTakenUnlessOneIsGiven) {
  EXPECT_EQ(std::get<Options>(ParseOptions({}, 7)).seed, 7);
  EXPECT_EQ(std::get<Options>(ParseOptions({"--seed", "9"}, 7)).seed, 9);
}

TEST(OptionsTest, FlagsAreTaken) {
  const Options options = std::get<Options>(
      ParseOptions({"--minutes=1.5", "--server=/bin/twinqd", "--keep=/tmp/kept"}, 7));

  EXPECT_EQ(options.length, absl::Seconds(90));
  EXPECT_EQ(options.server_program, "/bin/twinqd");
  EXPECT_EQ(options.keep_dir, "/tmp/kept");
}

TEST(OptionsTest, MistakesAndHelpEndTheProgram) {
  EXPECT_EQ(std::get<crash::ExitNow>(ParseOptions({"--minutes=0"}, 7)).code, 2);
  EXPECT_EQ(std::get<crash::ExitNow>(ParseOptions({"--help"}, 7)).code, 0);
}

}  // namespace
}  // namespace twinq::soak
