#include "server/metrics/http_pages.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/server/metrics/http_exchange.h"
#include "tests/support/seed.h"
#include "tests/support/status_matchers.h"

namespace twinq::metrics {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::unique_ptr<HttpPage> PageOf(absl::string_view path) {
  if (path == "/long") {
    return std::make_unique<HttpPage>(
        HttpPage{.content_type = "text/plain", .body = std::string(1 << 20, 'x')});
  }
  if (path != "/page") return nullptr;
  return std::make_unique<HttpPage>(
      HttpPage{.status = 503, .content_type = "text/plain", .body = "not now\n"});
}

class HttpPagesTest : public ::testing::Test {
 protected:
  HttpPagesTest() : pages_(*HttpPages::Start("127.0.0.1:0", PageOf)) {}

  const std::string& address() const { return pages_->address(); }
  void ExpectStillServes() { EXPECT_THAT(Get(address(), "/page"), EndsWith("\r\n\r\nnot now\n")); }

  std::unique_ptr<HttpPages> pages_;
};

TEST_F(HttpPagesTest, AGetHasStatusTypeAndBody) {
  EXPECT_EQ(Get(address(), "/page"),
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n"
            "Connection: close\r\n\r\nnot now\n");
}

TEST_F(HttpPagesTest, AHeadHasTheSameWithoutTheBody) {
  EXPECT_THAT(Exchange(address(), "HEAD /page HTTP/1.0\r\n\r\n"),
              EndsWith("Content-Length: 8\r\nConnection: close\r\n\r\n"));
}

TEST_F(HttpPagesTest, AQueryIsIgnored) {
  EXPECT_THAT(Get(address(), "/page?name[]=x"), EndsWith("not now\n"));
}

TEST_F(HttpPagesTest, ALongPageArrivesWhole) {
  EXPECT_THAT(Get(address(), "/long"), EndsWith(std::string(1 << 20, 'x')));
}

TEST_F(HttpPagesTest, OtherPathsAreNotFound) {
  for (const char* path : {"/", "/page/", "/../../etc/passwd", "/%2e%2e/etc/passwd", "/page%00",
                           "//page", "/.well-known/acme-challenge/x"}) {
    const std::string answer = Get(address(), path);

    EXPECT_THAT(answer, Not(StartsWith("HTTP/1.1 2"))) << path;
    EXPECT_THAT(answer, Not(HasSubstr("root:"))) << path;
  }
  EXPECT_THAT(Get(address(), "/none"), StartsWith("HTTP/1.1 404 Not Found\r\n"));
}

TEST_F(HttpPagesTest, OtherMethodsAreRefused) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"}) {
    EXPECT_THAT(Exchange(address(), absl::StrCat(method, " /page HTTP/1.1\r\nHost: a\r\n\r\n")),
                StartsWith("HTTP/1.1 405 "))
        << method;
  }
}

TEST_F(HttpPagesTest, TwoServersDoNotShareAPort) {
  EXPECT_THAT(HttpPages::Start(address(), PageOf).status(),
              StatusIs(absl::StatusCode::kUnavailable));
  ExpectStillServes();
}

TEST_F(HttpPagesTest, AnAddressThatIsNoneIsAnError) {
  EXPECT_THAT(HttpPages::Start("999.1.1.1:0", PageOf).status(),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(HttpPagesTest, HostileRequestsHarmNobody) {
  const std::string lines(size_t{4} * HttpPages::kRequestBytesMax, 'a');
  std::string headers;
  for (int i = 0; i < 1'000; ++i) absl::StrAppend(&headers, "h", i, ": v\r\n");
  const std::vector<std::string> requests = {
      "",
      "\r\n\r\n",
      std::string(100, '\0'),
      "GET\r\n\r\n",
      "GET  HTTP/1.1\r\n\r\n",
      "GET /page HTTP/9.9\r\n\r\n",
      "GET /page\r\n\r\n",
      absl::StrCat("GET /", lines, " HTTP/1.1\r\n\r\n"),
      absl::StrCat(lines, lines),
      absl::StrCat("GET /page HTTP/1.1\r\n", headers, "\r\n"),
      absl::StrCat("GET /page HTTP/1.1\r\nX: ", lines, "\r\n\r\n"),
      "GET /page HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "GET /page HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "POST /page HTTP/1.1\r\nContent-Length: 1000000\r\n\r\nshort",
      "POST /page HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
      absl::StrCat("GET /page HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
                   "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n"),
      "GET /%zz%ff%fe HTTP/1.1\r\n\r\n",
      "GET http://elsewhere/page HTTP/1.1\r\n\r\n",
      "\x16\x03\x01\x02\x01\x01\xfc\x03\x03",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  };
  for (const std::string& request : requests) Exchange(address(), request);

  ExpectStillServes();
}

TEST_F(HttpPagesTest, RandomBytesHarmNobody) {
  for (const uint64_t seed : SeedsOfRounds(300)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    std::string bytes = random.Chance(0.5) ? "GET /page HTTP/1.1\r\n" : "";
    for (uint64_t left = random.Below(200); left > 0; --left) {
      bytes += static_cast<char>(random.Below(256));
    }
    Exchange(address(), bytes + "\r\n\r\n");
  }

  ExpectStillServes();
}

TEST_F(HttpPagesTest, ClientsThatSayNothingAreCutOff) {
  std::vector<std::unique_ptr<TestConnection>> silent;
  for (int i = 0; i < 4; ++i) silent.push_back(std::make_unique<TestConnection>(address()));
  silent[0]->Send("GET /pa");

  ExpectStillServes();
}

TEST_F(HttpPagesTest, ManyConnectionsThatCloseAtOnceHarmNobody) {
  for (int i = 0; i < 200; ++i) TestConnection connection(address());

  ExpectStillServes();
}

}  // namespace
}  // namespace twinq::metrics
