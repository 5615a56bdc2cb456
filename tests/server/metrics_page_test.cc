#include "server/metrics_page.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/memory_journal.h"
#include "server/api/call_outcomes.h"
#include "tests/server/metrics/http_exchange.h"
#include "tests/server/runtime/running_shard.h"

namespace twinq {
namespace {

using metrics::HttpPages;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class MetricsPageTest : public ::testing::Test {
 protected:
  MetricsPage::Sources Sources() {
    return {.condition = condition_,
            .calls = calls_,
            .runner = shard_.runner,
            .sink = shard_.runner,
            .clock = shard_.clock,
            .started_at = absl::FromUnixSeconds(1'700'000'000),
            .memory_bytes_max = 1 << 30,
            .journal = LogShape{.log_id = 1, .segment_bytes = 1 << 20}};
  }
  std::string Get(absl::string_view path) { return twinq::Get(server_->address(), path); }

  MemoryJournal journal_;
  RunningShard shard_{journal_};
  metrics::ServerCondition condition_;
  metrics::CallMetrics calls_{api::CountedNames(), shard_.clock};
  MetricsPage page_{Sources()};
  std::unique_ptr<HttpPages> server_ = *HttpPages::Start(
      "127.0.0.1:0", [this](absl::string_view path) { return page_.PageOf(path); });
};

TEST_F(MetricsPageTest, AServerThatStartsIsAliveAndNotReady) {
  EXPECT_THAT(Get("/healthz"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(Get("/readyz"), StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(Get("/readyz"), EndsWith("\r\n\r\nstarting: the journal is still being read\n"));
}

TEST_F(MetricsPageTest, AServerThatServesIsReady) {
  condition_.SetServing();

  EXPECT_THAT(Get("/readyz"), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(MetricsPageTest, AServerThatEndsIsAliveAndNotReady) {
  condition_.SetServing();
  condition_.SetEnding();

  EXPECT_THAT(Get("/healthz"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(Get("/readyz"), StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(Get("/readyz"), HasSubstr("\r\n\r\nending: "));
}

TEST_F(MetricsPageTest, AServerWhoseDiskHasFailedIsNeither) {
  condition_.SetServing();
  condition_.SetFailed();

  for (const char* path : {"/healthz", "/readyz"}) {
    EXPECT_THAT(Get(path), StartsWith("HTTP/1.1 503 ")) << path;
    EXPECT_THAT(Get(path), HasSubstr("\r\n\r\nfailed: ")) << path;
  }
}

TEST_F(MetricsPageTest, TheShardIsLeftAloneUntilItIsOpen) {
  EXPECT_THAT(page_.Metrics(), Not(HasSubstr("twinq_queues")));
  EXPECT_THAT(page_.Metrics(), HasSubstr("twinq_build_info"));

  page_.Open();

  EXPECT_THAT(page_.Metrics(), HasSubstr("\ntwinq_queues 0\n"));
}

TEST_F(MetricsPageTest, TheShardIsLeftAloneOnceItIsClosed) {
  page_.Open();
  page_.Metrics();

  page_.Close();

  EXPECT_THAT(page_.Metrics(), Not(HasSubstr("twinq_queues")));
}

TEST_F(MetricsPageTest, QueuesHaveTheirFigures) {
  page_.Open();
  const QueueId queue = shard_.MakeQueue("jobs");
  shard_.Ask(Send(queue, "a"));
  shard_.Ask(Send(queue, "b"));
  shard_.Ask(Receive(queue, 1, absl::ZeroDuration()));
  shard_.clock.Advance(absl::Seconds(5));

  const std::string text = Get("/metrics");

  EXPECT_THAT(text, HasSubstr("twinq_queue_messages{queue=\"jobs\",state=\"visible\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("twinq_queue_messages{queue=\"jobs\",state=\"in_flight\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("twinq_queue_oldest_message_age_seconds{queue=\"jobs\"} 5\n"));
  EXPECT_THAT(text, HasSubstr("twinq_messages{state=\"visible\"} 1\n"));
}

TEST_F(MetricsPageTest, TheJournalHasItsFigures) {
  page_.Open();
  page_.NoteRecovered({.records = 7, .record_bytes = 70, .time = absl::Milliseconds(500)});
  shard_.Ask(Send(shard_.MakeQueue("jobs"), "a"));

  const std::string text = page_.Metrics();

  EXPECT_THAT(text, HasSubstr("\ntwinq_recovery_records 7\n"));
  EXPECT_THAT(text, HasSubstr("\ntwinq_recovery_seconds 0.5\n"));
  EXPECT_THAT(text, HasSubstr("\ntwinq_journal_segments 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("\ntwinq_journal_appended_bytes_total 0\n")));
  EXPECT_THAT(text, Not(HasSubstr("\ntwinq_journal_sync_duration_seconds_count 0\n")));
}

TEST_F(MetricsPageTest, TheNumberOfSeriesIsBounded) {
  page_.Open();
  const auto series_of_queues = [this] {
    const std::string text = page_.Metrics();
    size_t count = 0;
    for (size_t at = text.find("{queue="); at != std::string::npos;
         at = text.find("{queue=", at + 1)) {
      ++count;
    }
    return count;
  };
  for (int i = 0; i < 1'100; ++i) shard_.MakeQueue(absl::StrCat("queue-", i));

  EXPECT_EQ(series_of_queues(), 4 * QueueSurvey::kNamedMax);
  EXPECT_THAT(page_.Metrics(), HasSubstr("\ntwinq_queues 1100\n"));
}

}  // namespace
}  // namespace twinq
