#include "server/runtime/options.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// The settings as a command line alone has them.
auto Parse(const std::vector<std::string>& arguments) {
  return ParseServerOptions({.arguments = arguments, .environment = {}, .read_file = {}});
}

TEST(ServerOptionsTest, WithoutArgumentsTheDefaultsHold) {
  const auto parsed = Parse({});

  const auto& options = std::get<ServerOptions>(parsed);
  EXPECT_EQ(options.grpc, "127.0.0.1:9323");
  EXPECT_EQ(options.data_dir, "");
  EXPECT_EQ(options.disk_reserve_bytes, kDiskReserveBytesDefault);
  EXPECT_EQ(options.memory_max, (MemorySize{.percent = 75}));
  EXPECT_EQ(options.log.level, platform::LogLevel::kInfo);
}

TEST(ServerOptionsTest, MemoryIsASizeOrAShare) {
  EXPECT_EQ(std::get<ServerOptions>(Parse({"--memory-max=1MiB"})).memory_max,
            (MemorySize{.bytes = 1 << 20}));
  EXPECT_EQ(std::get<ServerOptions>(Parse({"--memory-max=1%"})).memory_max,
            (MemorySize{.percent = 1}));
  EXPECT_EQ(std::get<ServerOptions>(Parse({"--memory-max=100%"})).memory_max,
            (MemorySize{.percent = 100}));
}

TEST(ServerOptionsTest, TransitIsAShareOfMemoryAndAtLeastItsLeast) {
  const auto options = std::get<ServerOptions>(Parse({"--memory-max=50%", "--transit-max=10%"}));

  EXPECT_EQ(options.MemoryBytesMax(uint64_t{64} << 30), uint64_t{32} << 30);
  EXPECT_EQ(options.TransitBytesMax(uint64_t{100} << 30), uint64_t{5} << 30);
  EXPECT_EQ(options.TransitBytesMax(uint64_t{1} << 30), kTransitBytesMin);
}

TEST(ServerOptionsTest, StreamsAreANumber) {
  EXPECT_EQ(std::get<ServerOptions>(Parse({"--streams-max=1"})).streams_max, 1);
  EXPECT_EQ(std::get<ServerOptions>(Parse({"--streams-max=1000000"})).streams_max, 1'000'000);
}

TEST(MemorySizeTest, AShareIsOfWhatItIsOf) {
  EXPECT_EQ((MemorySize{.percent = 75}.Of(1'000)), 750u);
  EXPECT_EQ((MemorySize{.bytes = 5}.Of(1'000)), 5u);
}

TEST(ServerOptionsTest, TheDataDirectoryIsTakenAsItIs) {
  const auto parsed = Parse({"--data-dir=some where/data"});

  EXPECT_EQ(std::get<ServerOptions>(parsed).data_dir, "some where/data");
}

struct DurabilityCase {
  const char* name;
  std::vector<std::string> arguments;
  std::optional<absl::Duration> sync_interval;
  std::string text;
};

class DurabilityFlagTest : public ::testing::TestWithParam<DurabilityCase> {};

TEST_P(DurabilityFlagTest, IsReadAndShown) {
  std::vector<std::string> arguments = GetParam().arguments;
  arguments.emplace_back("--data-dir=data");

  const auto parsed = Parse(arguments);

  const auto& options = std::get<ServerOptions>(parsed);
  EXPECT_EQ(options.sync_interval, GetParam().sync_interval);
  EXPECT_EQ(DurabilityText(options), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Levels, DurabilityFlagTest,
    ::testing::Values(
        DurabilityCase{"Default", {}, std::nullopt, "sync"},
        DurabilityCase{"Sync", {"--durability=sync"}, std::nullopt, "sync"},
        DurabilityCase{"Least", {"--durability=interval:1"}, absl::Milliseconds(1), "interval:1"},
        DurabilityCase{
            "Most", {"--durability", "interval:60000"}, absl::Seconds(60), "interval:60000"}),
    [](const auto& test) { return test.param.name; });

TEST(ServerOptionsTest, CheckNamesADirectory) {
  const auto parsed = Parse({"check", "some where/data"});

  EXPECT_EQ(std::get<CheckOptions>(parsed).directory, "some where/data");
}

struct SizeCase {
  const char* name;
  std::string text;
  uint64_t bytes;
};

class SizeFlagTest : public ::testing::TestWithParam<SizeCase> {};

TEST_P(SizeFlagTest, IsReadInBytes) {
  const auto parsed = Parse({"--data-dir=data", "--disk-reserve=" + GetParam().text,
                             "--journal-slack=" + GetParam().text});

  EXPECT_EQ(std::get<ServerOptions>(parsed).disk_reserve_bytes, GetParam().bytes);
  EXPECT_EQ(std::get<ServerOptions>(parsed).journal_slack_bytes, GetParam().bytes);
}

INSTANTIATE_TEST_SUITE_P(Units, SizeFlagTest,
                         ::testing::Values(SizeCase{"Zero", "0", 0},
                                           SizeCase{"Bytes", "1000", 1'000},
                                           SizeCase{"Kibibytes", "3KiB", 3'072},
                                           SizeCase{"Mebibytes", "64MiB", 67'108'864},
                                           SizeCase{"Gibibytes", "2GiB", 2'147'483'648},
                                           SizeCase{"Most", "1048576GiB", uint64_t{1} << 50}),
                         [](const auto& test) { return test.param.name; });

struct GoodCase {
  const char* name;
  std::vector<std::string> arguments;
  std::string grpc;
  platform::LogLevel log_level;
};

class GoodCommandLineTest : public ::testing::TestWithParam<GoodCase> {};

TEST_P(GoodCommandLineTest, IsRead) {
  const auto parsed = Parse(GetParam().arguments);

  const auto& options = std::get<ServerOptions>(parsed);
  EXPECT_EQ(options.grpc, GetParam().grpc);
  EXPECT_EQ(options.log.level, GetParam().log_level);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, GoodCommandLineTest,
    ::testing::Values(
        GoodCase{"EqualsSign", {"--grpc=0.0.0.0:1"}, "0.0.0.0:1", platform::LogLevel::kInfo},
        GoodCase{"TwoWords", {"--grpc", "host:65535"}, "host:65535", platform::LogLevel::kInfo},
        GoodCase{"Ipv6", {"--grpc=[::1]:0"}, "[::1]:0", platform::LogLevel::kInfo},
        GoodCase{"Both", {"--grpc=a:0", "--log-level=error"}, "a:0", platform::LogLevel::kError},
        GoodCase{"Debug", {"--log-level", "debug"}, "127.0.0.1:9323", platform::LogLevel::kDebug}),
    [](const auto& test) { return test.param.name; });

struct BadCase {
  const char* name;
  std::vector<std::string> arguments;
  std::vector<std::string> named;  // What the message must name: flag, value, what is allowed.
};

class BadCommandLineTest : public ::testing::TestWithParam<BadCase> {};

TEST_P(BadCommandLineTest, NamesFlagValueAndWhatIsAllowed) {
  const auto parsed = Parse(GetParam().arguments);

  const auto& exit = std::get<ExitNow>(parsed);
  EXPECT_EQ(exit.code, ExitCode::kUsage);
  EXPECT_THAT(exit.output, IsEmpty());
  for (const std::string& word : GetParam().named) EXPECT_THAT(exit.errors, HasSubstr(word));
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, BadCommandLineTest,
    ::testing::Values(
        BadCase{"NoPort", {"--grpc=localhost"}, {"--grpc", "'localhost'", "ADDRESS:PORT"}},
        BadCase{"EmptyDirectory", {"--data-dir", ""}, {"--data-dir", "''", "directory"}},
        BadCase{"NoLevel",
                {"--data-dir=d", "--durability=fast"},
                {"--durability", "'fast'", "sync", "interval:MS", "1 to 60000"}},
        BadCase{"IntervalZero",
                {"--data-dir=d", "--durability=interval:0"},
                {"--durability", "'interval:0'", "1 to 60000"}},
        BadCase{"IntervalTooLong",
                {"--data-dir=d", "--durability=interval:60001"},
                {"--durability", "'interval:60001'", "1 to 60000"}},
        BadCase{"IntervalBeyondNumbers",
                {"--data-dir=d", "--durability=interval:99999999999999999999"},
                {"--durability", "1 to 60000"}},
        BadCase{"IntervalWithUnit",
                {"--data-dir=d", "--durability=interval:20ms"},
                {"--durability", "'interval:20ms'", "1 to 60000"}},
        BadCase{"IntervalWithoutNumber",
                {"--data-dir=d", "--durability=interval:"},
                {"--durability", "'interval:'", "1 to 60000"}},
        BadCase{"NegativeInterval",
                {"--data-dir=d", "--durability=interval:-1"},
                {"--durability", "'interval:-1'", "1 to 60000"}},
        BadCase{"DurabilityInMemory",
                {"--durability=interval:20"},
                {"--durability=interval:20", "--data-dir=DIR", "memory"}},
        BadCase{"NoSize",
                {"--data-dir=d", "--disk-reserve=much"},
                {"--disk-reserve", "'much'", "KiB, MiB or GiB"}},
        BadCase{"SizeInDecimalUnits",
                {"--data-dir=d", "--disk-reserve=5MB"},
                {"--disk-reserve", "'5MB'", "KiB, MiB or GiB"}},
        BadCase{"SizeWithoutNumber",
                {"--data-dir=d", "--disk-reserve=KiB"},
                {"--disk-reserve", "'KiB'", "KiB, MiB or GiB"}},
        BadCase{"SizeOfTwoUnits",
                {"--data-dir=d", "--disk-reserve=1MiBKiB"},
                {"--disk-reserve", "'1MiBKiB'"}},
        BadCase{"NegativeSize",
                {"--data-dir=d", "--disk-reserve=-1"},
                {"--disk-reserve", "'-1'", "0 to"}},
        BadCase{"SizeTooLarge",
                {"--data-dir=d", "--disk-reserve=1048577GiB"},
                {"--disk-reserve", "'1048577GiB'", "1048576GiB"}},
        BadCase{"ReserveInMemory",
                {"--disk-reserve=64MiB"},
                {"--disk-reserve=64MiB", "--data-dir=DIR", "memory"}},
        BadCase{"SlackWithoutDataDir",
                {"--journal-slack=1MiB"},
                {"--journal-slack=1MiB", "--data-dir=DIR", "memory"}},
        BadCase{"SlackThatIsNoSize",
                {"--data-dir=d", "--journal-slack=some"},
                {"--journal-slack", "'some'", "KiB, MiB or GiB"}},
        BadCase{"LittleMemory",
                {"--memory-max=1023KiB"},
                {"--memory-max", "'1023KiB'", "1MiB to", "1% to 100%"}},
        BadCase{"NoMemory", {"--memory-max=0%"}, {"--memory-max", "'0%'", "1% to 100%"}},
        BadCase{"MoreThanAllMemory", {"--memory-max=101%"}, {"--memory-max", "'101%'"}},
        BadCase{"ShareOfAUnit", {"--memory-max=5MiB%"}, {"--memory-max", "'5MiB%'"}},
        BadCase{"LittleTransit",
                {"--transit-max=63MiB"},
                {"--transit-max", "'63MiB'", "64MiB to", "1% to 100%"}},
        BadCase{"NoStreams", {"--streams-max=0"}, {"--streams-max", "'0'", "1 to 1000000"}},
        BadCase{"TooManyStreams", {"--streams-max=1000001"}, {"--streams-max", "'1000001'"}},
        BadCase{"StreamsInWords", {"--streams-max=1KiB"}, {"--streams-max", "'1KiB'"}},
        BadCase{"CheckOfNothing", {"check"}, {"DIR", "required"}},
        BadCase{"NoAddress", {"--grpc=:80"}, {"--grpc", "':80'", "ADDRESS:PORT"}},
        BadCase{"EmptyPort", {"--grpc=a:"}, {"--grpc", "'a:'", "0 to 65535"}},
        BadCase{"PortTooLarge", {"--grpc=a:65536"}, {"--grpc", "'a:65536'", "0 to 65535"}},
        BadCase{"NegativePort", {"--grpc=a:-1"}, {"--grpc", "'a:-1'", "0 to 65535"}},
        BadCase{"PortWithSpace", {"--grpc=a: 80"}, {"--grpc", "'a: 80'", "0 to 65535"}},
        BadCase{"PortWithSign", {"--grpc=a:+80"}, {"--grpc", "'a:+80'", "0 to 65535"}},
        BadCase{"PortNoNumber", {"--grpc=a:grpc"}, {"--grpc", "'a:grpc'", "0 to 65535"}},
        BadCase{
            "TwoAddresses", {"--metrics=a:1,b:2"}, {"--metrics", "'a:1,b:2'", "one ADDRESS:PORT"}},
        BadCase{"EmptyMetrics", {"--metrics="}, {"--metrics", "''", "ADDRESS:PORT"}},
        BadCase{"UnknownLevel",
                {"--log-level=loud"},
                {"--log-level", "loud", "debug", "info", "warning", "error"}},
        BadCase{"UnknownFormat", {"--log-format=xml"}, {"--log-format", "'xml'", "text", "json"}},
        BadCase{"UnknownFlag", {"--storage=disk"}, {"--storage=disk", "nearest is --"}},
        BadCase{"MisspeltFlag",
                {"--data-dri=d"},
                {"no flag --data-dri=d", "the nearest is --data-dir\n"}},
        BadCase{"MisspeltFlagBehindTheVerb", {"check", "d", "--log-levle=info"}, {"--log-level\n"}},
        BadCase{"Underscores", {"--data_dir", "d"}, {"--data_dir", "the nearest is --data-dir\n"}},
        BadCase{"Word", {"serve"}, {"'serve'", "check"}},
        BadCase{"WordBehindTheDirectory", {"check", "d", "more"}, {"'more'"}},
        BadCase{"Twice", {"--grpc=a:0", "--grpc=b:0"}, {"--grpc"}},
        BadCase{"WithoutValue", {"--grpc"}, {"--grpc", "ADDRESS:PORT"}},
        BadCase{"EmptyAddress", {"--grpc=", "--data-dir=d"}, {"--grpc", "''", "ADDRESS:PORT"}},
        BadCase{"EmptyAfterEqualsSign", {"--data-dir="}, {"--data-dir", "''", "directory"}},
        BadCase{"FlagForADirectory",
                {"--data-dir", "--print-config"},
                {"--data-dir", "'--print-config'", "directory"}},
        BadCase{"EmptyUnknown", {"--data-dirs="}, {"--data-dirs", "the nearest is --data-dir\n"}}),
    [](const auto& test) { return test.param.name; });

// Settings from all of their places, with a config file that says `contents`.
auto ParseAll(const std::vector<std::string>& arguments,
              const std::vector<std::string>& environment, const std::string& contents) {
  return ParseServerOptions({.arguments = arguments,
                             .environment = environment,
                             .read_file = [contents](const std::string&) { return contents; }});
}

TEST(SettingPlacesTest, EachPlaceGoesBeforeTheNext) {
  const std::string file = "grpc = a:1\nlog-level = debug\nlog-format = json\n";

  const auto parsed = ParseAll({"--config=f", "--log-level=error"},
                               {"TWINQ_LOG_LEVEL=warning", "TWINQ_GRPC=a:2"}, file);

  const auto& options = std::get<ServerOptions>(parsed);
  EXPECT_EQ(options.log.format, platform::LogFormat::kJson);
  EXPECT_EQ(options.grpc, "a:2");
  EXPECT_EQ(options.log.level, platform::LogLevel::kError);
}

TEST(SettingPlacesTest, EverySettingIsReadFromEnvironmentAndFile) {
  const std::string file =
      "grpc = a:1\nmetrics = a:2\ndata-dir = d\ndurability = interval:9\ndisk-reserve = 1KiB\n"
      "journal-slack = 2KiB\nlog-level = error\nlog-format = json\n";
  const std::vector<std::string> environment = {
      "TWINQ_GRPC=a:1",          "TWINQ_METRICS=a:2",
      "TWINQ_DATA_DIR=d",        "TWINQ_DURABILITY=interval:9",
      "TWINQ_DISK_RESERVE=1KiB", "TWINQ_JOURNAL_SLACK=2KiB",
      "TWINQ_LOG_LEVEL=error",   "TWINQ_LOG_FORMAT=json"};

  for (const auto& parsed : {ParseAll({"--config=f"}, {}, file), ParseAll({}, environment, "")}) {
    const auto& options = std::get<ServerOptions>(parsed);
    EXPECT_EQ(options.grpc, "a:1");
    EXPECT_EQ(options.metrics, "a:2");
    EXPECT_EQ(options.data_dir, "d");
    EXPECT_EQ(options.sync_interval, absl::Milliseconds(9));
    EXPECT_EQ(options.disk_reserve_bytes, 1'024u);
    EXPECT_EQ(options.journal_slack_bytes, 2'048u);
    EXPECT_EQ(options.log.level, platform::LogLevel::kError);
    EXPECT_EQ(options.log.format, platform::LogFormat::kJson);
  }
}

TEST(SettingPlacesTest, TheFileMayBeNamedByTheEnvironment) {
  const auto parsed = ParseAll({}, {"TWINQ_CONFIG=f"}, "grpc = a:1\n");

  EXPECT_EQ(std::get<ServerOptions>(parsed).grpc, "a:1");
}

TEST(SettingPlacesTest, AFileThatCannotBeReadIsNamed) {
  const auto parsed = ParseServerOptions(
      {.arguments = {"--config=f"}, .environment = {}, .read_file = [](const std::string&) {
         return absl::NotFoundError("open f: gone");
       }});

  const auto& exit = std::get<ExitNow>(parsed);
  EXPECT_EQ(exit.code, ExitCode::kUsage);
  EXPECT_THAT(exit.errors, HasSubstr("--config=f (command line): open f: gone\n"));
}

struct BadPlaceCase {
  const char* name;
  std::vector<std::string> environment;
  std::string file;
  std::string error;
};

class BadSettingTest : public ::testing::TestWithParam<BadPlaceCase> {};

TEST_P(BadSettingTest, IsNamedWithItsPlace) {
  const auto parsed =
      ParseAll({"--config=f.conf", "--grpc=a:0"}, GetParam().environment, GetParam().file);

  const auto& exit = std::get<ExitNow>(parsed);
  EXPECT_EQ(exit.code, ExitCode::kUsage);
  EXPECT_THAT(exit.output, IsEmpty());
  EXPECT_THAT(exit.errors, StartsWith("twinqd: " + GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    Places, BadSettingTest,
    ::testing::Values(
        BadPlaceCase{"Environment",
                     {"TWINQ_DURABILITY=fast"},
                     "",
                     "--durability (environment TWINQ_DURABILITY): 'fast' is neither sync nor "
                     "interval:MS with 1 to 60000 milliseconds"},
        BadPlaceCase{
            "File", {}, "\ngrpc = here\n", "--grpc (f.conf:2): 'here' is not ADDRESS:PORT"},
        BadPlaceCase{"UnknownInFile",
                     {},
                     "data_dir = d",
                     "f.conf:1: there is no setting 'data_dir' here; the nearest is data-dir\n"},
        BadPlaceCase{"MisspeltVariable",
                     {"TWINQ_DATADIR=d"},
                     "",
                     "environment TWINQ_DATADIR: there is no such variable; the nearest is "
                     "TWINQ_DATA_DIR\n"},
        BadPlaceCase{"DurabilityInMemory",
                     {},
                     "durability = sync",
                     "--durability=sync (f.conf:1) is allowed only with --data-dir=DIR"}),
    [](const auto& test) { return test.param.name; });

TEST(SettingPlacesTest, VariablesOfOtherProgramsAreLeftAlone) {
  const auto parsed =
      ParseAll({},
               {"TWINQ_SERVER=a:1", "TWINQ_COLOR=never", "TWINQ_ROUNDS=1", "TWINQ_SEED=1",
                "TWINQ_PORT=tcp://10.0.0.1:9323", "TWINQ_SERVICE_HOST=10.0.0.1", "TWINQ_PROGRAMS=x",
                "TWINQ_FAULT=x", "TWINQ_PROTOC=x", "TWINQ_HTTP=x"},
               "");

  EXPECT_TRUE(std::holds_alternative<ServerOptions>(parsed));
}

TEST(PrintConfigTest, ShowsEachSettingItsValueAndItsOrigin) {
  const auto parsed = ParseAll({"--print-config", "--config=f.conf", "--log-level=error"},
                               {"TWINQ_GRPC=a:1"}, "data-dir = d\n");

  const auto& exit = std::get<ExitNow>(parsed);
  EXPECT_EQ(exit.code, ExitCode::kOk);
  EXPECT_THAT(exit.errors, IsEmpty());
  EXPECT_EQ(exit.output,
            "# config = f.conf        # command line\n"
            "grpc = a:1               # environment TWINQ_GRPC\n"
            "# metrics = (none)       # default\n"
            "data-dir = d             # f.conf:1\n"
            "# durability = sync      # default\n"
            "# disk-reserve = 32MiB   # default\n"
            "# journal-slack = 64MiB  # default\n"
            "# memory-max = 75%       # default\n"
            "# transit-max = 12%      # default\n"
            "# streams-max = 10000    # default\n"
            "log-level = error        # command line\n"
            "# log-format = text      # default\n");
}

TEST(PrintConfigTest, OfBadSettingsIsTheError) {
  const auto parsed = ParseAll({"--print-config"}, {"TWINQ_GRPC=here"}, "");

  EXPECT_EQ(std::get<ExitNow>(parsed).code, ExitCode::kUsage);
}

TEST(ServerOptionsTest, CheckTakesTheSettingsOfTheLogAndNeedsNoOthers) {
  const auto parsed =
      ParseAll({"check", "data"}, {"TWINQ_LOG_FORMAT=json", "TWINQ_DURABILITY=sync"}, "");

  EXPECT_EQ(std::get<CheckOptions>(parsed).log.format, platform::LogFormat::kJson);
}

TEST(ServerOptionsTest, HelpNamesEveryFlagWithItsDefault) {
  const auto parsed = Parse({"--help"});

  const auto& exit = std::get<ExitNow>(parsed);
  EXPECT_EQ(exit.code, ExitCode::kOk);
  EXPECT_THAT(exit.output,
              AllOf(HasSubstr("--grpc"), HasSubstr("127.0.0.1:9323"), HasSubstr("--log-level"),
                    HasSubstr("info"), HasSubstr("--version"), HasSubstr("--help")));
  EXPECT_THAT(exit.errors, IsEmpty());
}

TEST(ServerOptionsTest, VersionIsTheProgramsNameAndNumber) {
  const auto parsed = Parse({"--version"});

  const auto& exit = std::get<ExitNow>(parsed);
  EXPECT_EQ(exit.code, ExitCode::kOk);
  EXPECT_THAT(exit.output, StartsWith("twinqd "));
}

}  // namespace
}  // namespace twinq
