#include "server/metrics/metrics_text.h"

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::metrics {
namespace {

using ::testing::HasSubstr;

TEST(MetricsTextTest, AFamilyHasMeaningTypeAndSeries) {
  MetricsText text;
  text.BeginCounter("calls_total", "Calls.");
  text.Add(3, {{"action", "Send"}, {"error", ""}});
  text.Add(1, {{"action", "Send"}, {"error", "Full"}});

  EXPECT_EQ(text.ToString(),
            "# HELP calls_total Calls.\n# TYPE calls_total counter\n"
            "calls_total{action=\"Send\",error=\"\"} 3\n"
            "calls_total{action=\"Send\",error=\"Full\"} 1\n");
}

TEST(MetricsTextTest, AFamilyOfOneSeriesHasNoLabels) {
  MetricsText text;
  text.Gauge("queues", "Queues.", 100'000);

  EXPECT_THAT(text.ToString(), HasSubstr("\nqueues 100000\n"));
}

TEST(MetricsTextTest, LargeNumbersAreExact) {
  MetricsText text;
  text.Counter("bytes_total", "Bytes.", 1'234'567'890'123);

  EXPECT_THAT(text.ToString(), HasSubstr("\nbytes_total 1234567890123\n"));
}

TEST(MetricsTextTest, LabelsAreEscaped) {
  MetricsText text;
  text.BeginGauge("size", "Size.");
  text.Add(1, {{"path", "a\"b\\c\nd"}});

  EXPECT_THAT(text.ToString(), HasSubstr("size{path=\"a\\\"b\\\\c\\nd\"} 1\n"));
}

TEST(MetricsTextTest, BucketsOfAHistogramAreCumulative) {
  Histogram histogram;
  histogram.Add(absl::Microseconds(60));
  histogram.Add(absl::Milliseconds(2));
  histogram.Add(absl::Hours(1));
  MetricsText text;
  text.BeginHistogram("took_seconds", "Time.");

  text.AddHistogram(histogram.Read());

  const std::string all = text.ToString();
  EXPECT_THAT(all, HasSubstr("took_seconds_count 3\ntook_seconds_sum 3600.00206\n"));
  EXPECT_THAT(all, HasSubstr("took_seconds_bucket{le=\"5e-05\"} 0\n"));
  EXPECT_THAT(all, HasSubstr("took_seconds_bucket{le=\"0.0001\"} 1\n"));
  EXPECT_THAT(all, HasSubstr("took_seconds_bucket{le=\"0.0025\"} 2\n"));
  EXPECT_THAT(all, HasSubstr("took_seconds_bucket{le=\"30\"} 2\n"));
  EXPECT_THAT(all, HasSubstr("took_seconds_bucket{le=\"+Inf\"} 3\n"));
}

}  // namespace
}  // namespace twinq::metrics
