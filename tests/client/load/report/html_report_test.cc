#include "client/load/report/html_report.h"

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/load/report/result_plots.h"
#include "client/load/report/svg_plot.h"
#include "tests/client/load/report/example.h"

namespace twinq::load {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

int CountOf(const std::string& part, const std::string& text) {
  int count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(SvgPlotTest, PutsPointsBetweenTheEndsOfTheAxes) {
  const Axis x = {.title = "time", .from = 0, .to = 10, .ticks = {{5, "five"}}};
  const Axis y = {.title = "rate", .from = 0, .to = 100, .ticks = {}};

  const std::string svg =
      RenderSvg("label", x, y, {Curve{.css_class = "c", .points = {{0, 0}, {10, 100}, {99, 999}}}});

  EXPECT_THAT(svg, HasSubstr("points=\"84.0,288.0 622.0,52.0 622.0,52.0 \""));
  EXPECT_THAT(svg, HasSubstr(">five</text>"));
  EXPECT_THAT(svg, HasSubstr("aria-label=\"label\""));
}

TEST(SvgPlotTest, TextIsEscaped) {
  EXPECT_EQ(EscapeHtml("a<b> & \"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
}

TEST(ResultPlotsTest, EachKindHasItsCurve) {
  const std::vector<RunResult> results = ExampleResults();
  const std::string svg = PlotThroughput(results);

  EXPECT_EQ(CountOf("<polyline", svg), 2);
  EXPECT_THAT(svg, HasSubstr("curve standard"));
  EXPECT_THAT(svg, HasSubstr("curve fifo"));
}

TEST(ResultPlotsTest, TheTailHasATickForEachTenthThatIsLeft) {
  LatencyHistogram histogram;
  for (int i = 1; i <= 10'000; ++i) histogram.Record(absl::Microseconds(i));

  const std::string svg = PlotLatencies("latency", {NamedLatency{"FIFO", histogram}});

  for (const char* tick : {">0 %<", ">90 %<", ">99 %<", ">99.9 %<", ">99.99 %<", ">10 ms<"}) {
    EXPECT_THAT(svg, HasSubstr(tick));
  }
  EXPECT_THAT(svg, Not(HasSubstr(">99.999 %<")));
}

TEST(ResultPlotsTest, NothingMeasuredIsAnEmptyPlot) {
  const LatencyHistogram histogram;

  EXPECT_THAT(PlotLatencies("latency", {NamedLatency{"FIFO", histogram}}),
              HasSubstr("points=\"\""));
}

TEST(HtmlReportTest, IsOnePageThatNeedsNothingElse) {
  const std::string page = RenderHtml(ExampleResults(), Workload{}, "host:1");

  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("http")));
  EXPECT_THAT(page, Not(HasSubstr("@import")));
  EXPECT_EQ(CountOf("<svg", page), 3);
  EXPECT_THAT(page, HasSubstr("prefers-color-scheme: dark"));
}

TEST(HtmlReportTest, HasTheFiguresAndTheConditions) {
  const std::string page = RenderHtml(ExampleResults(), Workload{}, "host:1");

  EXPECT_THAT(page, HasSubstr("<td class=\"value\">1,234,567</td><td class=\"value\">100</td>"));
  EXPECT_THAT(page, HasSubstr("<dd>host:1</dd>"));
  EXPECT_THAT(page, HasSubstr("Every promise was kept"));
}

TEST(HtmlReportTest, AViolationIsToldInsteadOfTheVerdict) {
  std::vector<RunResult> results = ExampleResults();
  results[1].judged.violations.at(static_cast<size_t>(history::Verdict::kLost)) = 1;
  results[1].judged.findings = {
      {.rule = history::Rule::kNeverDelivered, .proof = "a < b", .story = {}}};

  const std::string page = RenderHtml(results, Workload{}, "host:1");

  EXPECT_THAT(page, HasSubstr("VIOLATION: FIFO queue: lost, 1 time\n  a &lt; b"));
  EXPECT_THAT(page, Not(HasSubstr("Every promise was kept")));
}

TEST(HtmlReportTest, OneQueueHasAPageToo) {
  const std::vector<RunResult> results = ExampleResults();

  EXPECT_THAT(RenderHtml(absl::MakeConstSpan(&results[1], 1), Workload{}, "host:1"),
              HasSubstr("<h1>One FIFO queue under load</h1>"));
}

}  // namespace
}  // namespace twinq::load
