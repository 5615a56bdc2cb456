#ifndef TWINQ_CLIENT_LOAD_REPORT_SVG_PLOT_H_
#define TWINQ_CLIENT_LOAD_REPORT_SVG_PLOT_H_

#include <string>
#include <vector>

#include "absl/types/span.h"

namespace twinq::load {

// A place on an axis, and what is written there.
struct Tick {
  double at = 0;
  std::string text;
};

// An axis that is linear in what it is given: whoever wants another scale gives logarithms.
struct Axis {
  std::string title;
  double from = 0;
  double to = 1;
  std::vector<Tick> ticks;
};

struct Point {
  double x = 0;
  double y = 0;
};

// A line of a plot; `css_class` gives it its colour (html_report.cc has the styles).
struct Curve {
  std::string css_class;
  std::vector<Point> points;
};

// Curves over two axes as an SVG element that scales with its container. `label` is what a screen
// reader says of it.
std::string RenderSvg(const std::string& label, const Axis& x, const Axis& y,
                      absl::Span<const Curve> curves);

// Text with the characters that HTML has other uses for replaced.
std::string EscapeHtml(const std::string& text);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_SVG_PLOT_H_
