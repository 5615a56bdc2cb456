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

TEST(ServerOptionsTest, WithoutArgumentsTheDefaultsHold) {
  const auto parsed = ParseServerOptions({});

  const auto& options = std::get<ServerOptions>(parsed);
  EXPECT_EQ(options.grpc, "127.0.0.1:9323");
  EXPECT_EQ(options.data_dir, "");
  EXPECT_EQ(options.disk_reserve_bytes, kDiskReserveBytesDefault);
  EXPECT_EQ(options.log_level, platform::LogLevel::kInfo);
}

TEST(ServerOptionsTest, TheDataDirectoryIsTakenAsItIs) {
  const auto parsed = ParseServerOptions({"--data-dir=some where/data"});

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

  const auto parsed = ParseServerOptions(arguments);

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
  const auto parsed = ParseServerOptions({"check", "some where/data"});

  EXPECT_EQ(std::get<CheckOptions>(parsed).directory, "some where/data");
}

struct SizeCase {
  const char* name;
  std::string text;
  uint64_t bytes;
};

class SizeFlagTest : public ::testing::TestWithParam<SizeCase> {};

TEST_P(SizeFlagTest, IsReadInBytes) {
  const auto parsed = ParseServerOptions({"--data-dir=data", "--disk-reserve=" + GetParam().text,
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
  const auto parsed = ParseServerOptions(GetParam().arguments);

  const auto& options = std::get<ServerOptions>(parsed);
  EXPECT_EQ(options.grpc, GetParam().grpc);
  EXPECT_EQ(options.log_level, GetParam().log_level);
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
  const auto parsed = ParseServerOptions(GetParam().arguments);

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
        BadCase{"CheckOfNothing", {"check"}, {"DIR", "required"}},
        BadCase{"NoAddress", {"--grpc=:80"}, {"--grpc", "':80'", "ADDRESS:PORT"}},
        BadCase{"EmptyPort", {"--grpc=a:"}, {"--grpc", "'a:'", "0 to 65535"}},
        BadCase{"PortTooLarge", {"--grpc=a:65536"}, {"--grpc", "'a:65536'", "0 to 65535"}},
        BadCase{"NegativePort", {"--grpc=a:-1"}, {"--grpc", "'a:-1'", "0 to 65535"}},
        BadCase{"PortWithSpace", {"--grpc=a: 80"}, {"--grpc", "'a: 80'", "0 to 65535"}},
        BadCase{"PortWithSign", {"--grpc=a:+80"}, {"--grpc", "'a:+80'", "0 to 65535"}},
        BadCase{"PortNoNumber", {"--grpc=a:grpc"}, {"--grpc", "'a:grpc'", "0 to 65535"}},
        BadCase{"UnknownLevel",
                {"--log-level=loud"},
                {"--log-level", "loud", "debug", "info", "warning", "error"}},
        BadCase{"UnknownFlag", {"--storage=disk"}, {"--storage=disk"}},
        BadCase{"Word", {"serve"}, {"serve"}}),
    [](const auto& test) { return test.param.name; });

TEST(ServerOptionsTest, HelpNamesEveryFlagWithItsDefault) {
  const auto parsed = ParseServerOptions({"--help"});

  const auto& exit = std::get<ExitNow>(parsed);
  EXPECT_EQ(exit.code, ExitCode::kOk);
  EXPECT_THAT(exit.output,
              AllOf(HasSubstr("--grpc"), HasSubstr("127.0.0.1:9323"), HasSubstr("--log-level"),
                    HasSubstr("info"), HasSubstr("--version"), HasSubstr("--help")));
  EXPECT_THAT(exit.errors, IsEmpty());
}

TEST(ServerOptionsTest, VersionIsTheProgramsNameAndNumber) {
  const auto parsed = ParseServerOptions({"--version"});

  const auto& exit = std::get<ExitNow>(parsed);
  EXPECT_EQ(exit.code, ExitCode::kOk);
  EXPECT_THAT(exit.output, StartsWith("twinqd "));
}

}  // namespace
}  // namespace twinq
