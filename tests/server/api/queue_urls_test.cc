#include "server/api/queue_urls.h"

#include <string>

#include "gtest/gtest.h"

namespace twinq::api {
namespace {

TEST(QueueUrlTest, IsAddressAccountAndName) {
  EXPECT_EQ(QueueUrl("127.0.0.1:9323", "jobs"), "http://127.0.0.1:9323/000000000000/jobs");
}

struct UrlCase {
  const char* name;
  const char* queue_url;
  const char* queue_name;
};

class QueueNameOfTest : public ::testing::TestWithParam<UrlCase> {};

TEST_P(QueueNameOfTest, IsTheLastSegmentOfThePath) {
  EXPECT_EQ(QueueNameOf(GetParam().queue_url), GetParam().queue_name);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, QueueNameOfTest,
    ::testing::Values(
        UrlCase{"BareName", "jobs", "jobs"}, UrlCase{"BareFifoName", "jobs.fifo", "jobs.fifo"},
        UrlCase{"Ours", "http://127.0.0.1:9323/000000000000/jobs", "jobs"},
        UrlCase{"OtherHost", "https://sqs.us-east-1.amazonaws.com/123456789012/jobs", "jobs"},
        UrlCase{"OnlyThePath", "/000000000000/jobs", "jobs"},
        UrlCase{"SlashBehind", "http://host/000000000000/jobs/", "jobs"}, UrlCase{"Empty", "", ""},
        UrlCase{"Slash", "/", ""}, UrlCase{"TwoSlashesBehind", "http://host/1/jobs//", ""},
        UrlCase{"CaseIsKept", "http://host/1/Jobs", "Jobs"}),
    [](const auto& test) { return test.param.name; });

TEST(QueueUrlTest, NameOfAUrlIsTheNameThatWentIn) {
  const std::string url = QueueUrl("[::1]:80", "orders.fifo");

  EXPECT_EQ(QueueNameOf(url), "orders.fifo");
}

}  // namespace
}  // namespace twinq::api
