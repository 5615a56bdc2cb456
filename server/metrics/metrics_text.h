#ifndef TWINQ_SERVER_METRICS_METRICS_TEXT_H_
#define TWINQ_SERVER_METRICS_METRICS_TEXT_H_

#include <initializer_list>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "prometheus/metric_family.h"

#include "server/metrics/histogram.h"

namespace twinq::metrics {

// The answer to one scrape, put together family by family: a family is begun, then has its series
// added.
//
// Thread-safety: one thread.
class MetricsText {
 public:
  static constexpr char kContentType[] = "text/plain; version=0.0.4; charset=utf-8";

  // The value of a label may be any text.
  struct Label {
    absl::string_view name;
    absl::string_view value;
  };
  using Labels = std::initializer_list<Label>;

  // The name of a counter ends in _total. A family may have no series.
  void BeginCounter(absl::string_view name, absl::string_view meaning);
  void BeginGauge(absl::string_view name, absl::string_view meaning);
  void BeginHistogram(absl::string_view name, absl::string_view meaning);

  // A series of the family begun last. REQUIRES: that is no histogram.
  void Add(double value, Labels labels = {});
  // REQUIRES: the family begun last is a histogram.
  void AddHistogram(const Histogram::Counts& counts, Labels labels = {});
  // Families of one series without labels.
  void Counter(absl::string_view name, absl::string_view meaning, double value);
  void Gauge(absl::string_view name, absl::string_view meaning, double value);

  // In Prometheus' text format.
  std::string ToString() const;

 private:
  void Begin(prometheus::MetricType type, absl::string_view name, absl::string_view meaning);
  prometheus::ClientMetric& AddSeries(Labels labels);

  std::vector<prometheus::MetricFamily> families_;
};

}  // namespace twinq::metrics

#endif  // TWINQ_SERVER_METRICS_METRICS_TEXT_H_
