#ifndef TWINQ_CLIENT_LOAD_REPORT_HTML_STYLE_H_
#define TWINQ_CLIENT_LOAD_REPORT_HTML_STYLE_H_

namespace twinq::load {

// The style sheet of the HTML report. The two colours are told apart by people with any kind of
// colour blindness, and the FIFO curve is dashed besides.
inline constexpr char kHtmlStyle[] = R"(
:root { color-scheme: light dark; --text: #1c2024; --soft: #5c656e; --page: #ffffff;
  --card: #f4f6f8; --line: #d5dbe1; --standard: #0b6bcb; --fifo: #c2410c; --bad: #b91c1c; }
@media (prefers-color-scheme: dark) { :root { --text: #e8ebee; --soft: #a3adb7; --page: #14181c;
  --card: #1e2429; --line: #38414a; --standard: #66b2ff; --fifo: #ff9e5e; --bad: #ff8080; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--page);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0.5rem 0; }
h2 { font-size: 1.125rem; margin: 0 0 0.25rem; }
p { margin: 0.25rem 0 0.75rem; color: var(--soft); }
section { background: var(--card); border-radius: 0.5rem; padding: 1rem; margin: 1rem 0; }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 12px; fill: var(--soft); }
.grid { stroke: var(--line); stroke-width: 1; }
.curve { fill: none; stroke-width: 3; stroke-linejoin: round; }
polyline.standard { stroke: var(--standard); }
polyline.fifo { stroke: var(--fifo); stroke-dasharray: 10 4; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0 0 0.5rem; padding: 0;
  list-style: none; }
.legend .standard { color: var(--standard); } .legend .fifo { color: var(--fifo); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.3rem 0.5rem; text-align: left; vertical-align: top;
  border-top: 1px solid var(--line); }
thead th { border-top: 0; }
th { font-weight: 600; } tbody th { font-weight: 400; }
.value { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.why { color: var(--soft); }
.sub th { padding-left: 1.5rem; color: var(--soft); }
.verdict { font-weight: 600; color: var(--text); }
.violation { color: var(--bad); white-space: pre-wrap; overflow-wrap: anywhere;
  font: 0.8125rem/1.4 ui-monospace, monospace; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0.5rem 1rem;
  margin: 0; }
dt { color: var(--soft); font-size: 0.875rem; } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  body { padding: 0.5rem; } section { padding: 0.75rem; }
  svg text { font-size: 22px; }
  thead .why { display: none; }
  tr { display: flex; flex-wrap: wrap; border-top: 1px solid var(--line); padding: 0.25rem 0; }
  thead tr { border-top: 0; }
  th, td { border: 0; padding: 0.1rem 0.25rem; }
  tr > th { flex: 1 1 40%; } .value { flex: 0 1 28%; }
  td.why { flex: 1 1 100%; font-size: 0.875rem; } td.why:empty { display: none; }
  .sub th { padding-left: 0.75rem; }
}
)";

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_HTML_STYLE_H_
