#include "tests/crash/catalogue.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::crash {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(CatalogueTest, AcknowledgedQueueMustBeThere) {
  Catalogue catalogue;
  catalogue.Changing("jobs");
  catalogue.Made("jobs");

  EXPECT_THAT(catalogue.FaultsOf({"jobs"}), IsEmpty());
  EXPECT_THAT(catalogue.FaultsOf({}), ElementsAre(HasSubstr("is not there")));
}

TEST(CatalogueTest, DeletedQueueMustNotBeThere) {
  Catalogue catalogue;
  catalogue.Made("jobs");
  catalogue.Deleted("jobs");

  EXPECT_THAT(catalogue.FaultsOf({}), IsEmpty());
  EXPECT_THAT(catalogue.FaultsOf({"jobs"}), ElementsAre(HasSubstr("is there again")));
}

TEST(CatalogueTest, WithoutAnAnswerQueueMayBeThereOrNot) {
  Catalogue catalogue;
  catalogue.Changing("jobs");

  EXPECT_THAT(catalogue.FaultsOf({}), IsEmpty());
  EXPECT_THAT(catalogue.FaultsOf({"jobs"}), IsEmpty());
}

TEST(CatalogueTest, QueueThatNobodyMadeIsAFault) {
  EXPECT_THAT(Catalogue().FaultsOf({"ghost"}), ElementsAre(HasSubstr("nobody made it")));
}

}  // namespace
}  // namespace twinq::crash
