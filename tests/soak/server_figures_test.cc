#include "tests/soak/server_figures.h"

#include "gtest/gtest.h"

namespace twinq::soak {
namespace {

constexpr char kPage[] =
    "HTTP/1.1 200 OK\r\n\r\n"
    "# TYPE twinq_memory_bytes gauge\n"
    "twinq_memory_bytes{account=\"bodies\"} 10485760\n"
    "twinq_memory_bytes{account=\"dedup\"} 0\n"
    "twinq_memory_max_bytes 268435456\n"
    "process_resident_memory_bytes 5.24288e+06\n";

TEST(ServerFiguresTest, AccountsAndResidentMemoryAreRead) {
  const absl::StatusOr<ServerFigures> figures = ParseFigures(kPage);

  ASSERT_TRUE(figures.ok());
  EXPECT_EQ(figures->accounts,
            (std::map<std::string, int64_t>{{"bodies", 10'485'760}, {"dedup", 0}}));
  EXPECT_EQ(figures->resident, 5'242'880);
  EXPECT_EQ(TextOf(figures->accounts), "bodies 10485760");
}

TEST(ServerFiguresTest, PageWithoutFiguresIsAnError) {
  EXPECT_FALSE(ParseFigures("HTTP/1.1 503 Service Unavailable\r\n\r\nstarting\n").ok());
}

}  // namespace
}  // namespace twinq::soak
