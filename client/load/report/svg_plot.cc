#include "client/load/report/svg_plot.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace twinq::load {
namespace {

// In units of the drawing. It is narrow and its letters are large, so that it can be read on a
// telephone, where it has half of these pixels.
constexpr double kWidth = 640;
constexpr double kHeight = 360;
constexpr double kLeft = 84;
constexpr double kRight = 18;
constexpr double kTop = 52;
constexpr double kBottom = 72;

double Place(double value, const Axis& axis, double begin, double end) {
  if (axis.to <= axis.from) return begin;
  const double share = std::clamp((value - axis.from) / (axis.to - axis.from), 0.0, 1.0);
  return begin + share * (end - begin);
}

double XOf(double value, const Axis& axis) { return Place(value, axis, kLeft, kWidth - kRight); }
double YOf(double value, const Axis& axis) { return Place(value, axis, kHeight - kBottom, kTop); }

void AppendLine(std::string& svg, Point from, Point to) {
  absl::StrAppendFormat(&svg,
                        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                        from.x, from.y, to.x, to.y);
}

void AppendText(std::string& svg, Point at, const char* anchor, const std::string& text) {
  absl::StrAppendFormat(&svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", at.x,
                        at.y, anchor, EscapeHtml(text));
}

void AppendAxes(std::string& svg, const Axis& x, const Axis& y) {
  constexpr double kTextDrop = 32;  // From the axis to the text below it.
  constexpr double kTickTextHalf = 20;
  constexpr double kTextRise = 6;  // From a text's base line to its middle.
  for (const Tick& tick : x.ticks) {
    const double place = XOf(tick.at, x);
    AppendLine(svg, {place, kTop}, {place, kHeight - kBottom});
    // The text of one at the very end would stand out of the drawing.
    const bool is_last = place > kWidth - kRight - kTickTextHalf;
    AppendText(svg, {is_last ? kWidth - 1 : place, kHeight - kBottom + kTextDrop},
               is_last ? "end" : "middle", tick.text);
  }
  for (const Tick& tick : y.ticks) {
    const double place = YOf(tick.at, y);
    AppendLine(svg, {kLeft, place}, {kWidth - kRight, place});
    AppendText(svg, {kLeft - kTextRise, place + kTextRise}, "end", tick.text);
  }
  AppendText(svg, {kWidth - kRight, kHeight - kTextRise}, "end", x.title);
  AppendText(svg, {kTextRise, kTop - kTextDrop}, "start", y.title);
}

}  // namespace

std::string RenderSvg(const std::string& label, const Axis& x, const Axis& y,
                      absl::Span<const Curve> curves) {
  std::string svg = absl::StrFormat("<svg viewBox=\"0 0 %g %g\" role=\"img\" aria-label=\"%s\">",
                                    kWidth, kHeight, EscapeHtml(label));
  AppendAxes(svg, x, y);
  for (const Curve& curve : curves) {
    absl::StrAppend(&svg, "<polyline class=\"curve ", curve.css_class, "\" points=\"");
    for (const Point& point : curve.points) {
      absl::StrAppendFormat(&svg, "%.1f,%.1f ", XOf(point.x, x), YOf(point.y, y));
    }
    absl::StrAppend(&svg, "\"/>");
  }
  return absl::StrCat(svg, "</svg>\n");
}

std::string EscapeHtml(const std::string& text) {
  return absl::StrReplaceAll(text,
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

}  // namespace twinq::load
