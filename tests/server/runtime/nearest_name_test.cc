#include "server/runtime/nearest_name.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace twinq {
namespace {

struct NearestCase {
  const char* name;
  std::string written;
  std::string nearest;
  size_t edits;
};

class NearestNameTest : public ::testing::TestWithParam<NearestCase> {};

TEST_P(NearestNameTest, IsFoundWithFewestEdits) {
  const NearestName nearest =
      FindNearestName(GetParam().written, {"grpc", "data-dir", "log-level", "log-format"});

  EXPECT_EQ(nearest.name, GetParam().nearest);
  EXPECT_EQ(nearest.edits, GetParam().edits);
}

INSTANTIATE_TEST_SUITE_P(Slips, NearestNameTest,
                         ::testing::Values(NearestCase{"None", "data-dir", "data-dir", 0},
                                           NearestCase{"LeftOut", "data-dr", "data-dir", 1},
                                           NearestCase{"Added", "data-dirr", "data-dir", 1},
                                           NearestCase{"Changed", "log-lebel", "log-level", 1},
                                           NearestCase{"Swapped", "data-dri", "data-dir", 1},
                                           NearestCase{"Dashes", "--data-dir", "data-dir", 0},
                                           NearestCase{"Variable", "DATA_DIR", "data-dir", 0},
                                           NearestCase{"Nothing", "", "grpc", 4}),
                         [](const auto& test) { return test.param.name; });

TEST(NearestNameTest, TheFirstOfEquallyNearNamesIsFound) {
  EXPECT_EQ(FindNearestName("b", {"a", "c"}).name, "a");
}

TEST(NearestNameTest, ALongNameCostsLittle) {
  EXPECT_GT(FindNearestName(std::string(1'000'000, 'x'), {"grpc"}).edits, 50u);
}

}  // namespace
}  // namespace twinq
