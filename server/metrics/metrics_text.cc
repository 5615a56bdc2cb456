#include "server/metrics/metrics_text.h"

#include <limits>
#include <utility>

#include "prometheus/text_serializer.h"

#include "core/base/check.h"

namespace twinq::metrics {
namespace {

constexpr double kNanosPerSecond = 1e9;

}  // namespace

void MetricsText::Begin(prometheus::MetricType type, absl::string_view name,
                        absl::string_view meaning) {
  prometheus::MetricFamily& family = families_.emplace_back();
  family.name = std::string(name);
  family.help = std::string(meaning);
  family.type = type;
}

void MetricsText::BeginCounter(absl::string_view name, absl::string_view meaning) {
  Begin(prometheus::MetricType::Counter, name, meaning);
}

void MetricsText::BeginGauge(absl::string_view name, absl::string_view meaning) {
  Begin(prometheus::MetricType::Gauge, name, meaning);
}

void MetricsText::BeginHistogram(absl::string_view name, absl::string_view meaning) {
  Begin(prometheus::MetricType::Histogram, name, meaning);
}

prometheus::ClientMetric& MetricsText::AddSeries(Labels labels) {
  TWINQ_CHECK(!families_.empty());
  prometheus::ClientMetric& series = families_.back().metric.emplace_back();
  for (const Label& label : labels) {
    series.label.push_back({std::string(label.name), std::string(label.value)});
  }
  return series;
}

void MetricsText::Add(double value, Labels labels) {
  prometheus::ClientMetric& series = AddSeries(labels);
  switch (families_.back().type) {
    case prometheus::MetricType::Counter:
      series.counter.value = value;
      return;
    case prometheus::MetricType::Gauge:
      series.gauge.value = value;
      return;
    case prometheus::MetricType::Histogram:
    case prometheus::MetricType::Summary:
    case prometheus::MetricType::Untyped:
      break;
  }
  TWINQ_CHECK(false);  // Another function adds it, or none begins it.
}

void MetricsText::AddHistogram(const Histogram::Counts& counts, Labels labels) {
  prometheus::ClientMetric::Histogram& histogram = AddSeries(labels).histogram;
  TWINQ_CHECK(families_.back().type == prometheus::MetricType::Histogram);
  for (size_t i = 0; i < Histogram::kBuckets; ++i) {
    histogram.sample_count += counts.buckets[i];
    const bool is_last = i == Histogram::kBoundsNanos.size();
    histogram.bucket.push_back(
        {.cumulative_count = histogram.sample_count,
         .upper_bound = is_last
                            ? std::numeric_limits<double>::infinity()
                            : static_cast<double>(Histogram::kBoundsNanos[i]) / kNanosPerSecond});
  }
  histogram.sample_sum = static_cast<double>(counts.sum_nanos) / kNanosPerSecond;
}

void MetricsText::Counter(absl::string_view name, absl::string_view meaning, double value) {
  BeginCounter(name, meaning);
  Add(value);
}

void MetricsText::Gauge(absl::string_view name, absl::string_view meaning, double value) {
  BeginGauge(name, meaning);
  Add(value);
}

std::string MetricsText::ToString() const {
  return prometheus::TextSerializer().Serialize(families_);
}

}  // namespace twinq::metrics
