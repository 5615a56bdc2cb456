#include "client/cli/table.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::cli {
namespace {

using ::testing::ElementsAre;

TEST(TableTest, ColumnsAreAsWideAsTheirWidestCellAndNumbersStandRight) {
  Table table({"NAME", "KIND", "VISIBLE"});
  table.Add({"a", "standard", "7"});
  table.Add({"orders.fifo", "FIFO", "12345678"});

  EXPECT_THAT(table.Lines(), ElementsAre("NAME         KIND       VISIBLE",  //
                                         "a            standard         7",  //
                                         "orders.fifo  FIFO      12345678"));
}

TEST(TableTest, WithoutRowsThereAreHeadings) {
  EXPECT_THAT(Table({"NAME", "KIND"}).Lines(), ElementsAre("NAME  KIND"));
}

}  // namespace
}  // namespace twinq::cli
