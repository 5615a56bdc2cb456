"""The rows that a suite gives, as a table and as a file."""

import dataclasses
import json
from typing import Optional


@dataclasses.dataclass
class Row:
    """One figure beside its floor. `least` and `aim` bound the ratio, or the figure itself."""

    path: str
    unit: str
    floor: Optional[float] = None
    figure: Optional[float] = None
    better: str = "more"  # or "less"
    bounds: str = "ratio"  # or "figure"
    least: Optional[float] = None
    aim: Optional[float] = None
    server_cpu_us: Optional[float] = None
    p50_us: Optional[float] = None
    p99_us: Optional[float] = None
    disturbed: bool = False
    server: str = ""  # Whose figure it is, where several servers have the same path.
    note: str = ""  # Why there is no figure.

    @property
    def ratio(self):
        return None if self.figure is None or not self.floor else self.figure / self.floor

    @property
    def verdict(self):
        if self.figure is None:
            return self.note or "floor only"
        if self.least is None:
            return ""
        if self.disturbed:
            return "disturbed run"
        value = self.ratio if self.bounds == "ratio" else self.figure
        reaches = {"more": lambda bound: value >= bound, "less": lambda bound: value <= bound}
        if reaches[self.better](self.aim):
            return "reaches the aim"
        return "in budget" if reaches[self.better](self.least) else "MISSES THE BUDGET"


HEADINGS = ["path", "figure", "floor", "unit", "ratio", "budget / aim", "CPU us/msg", "p50 us",
            "p99 us", "verdict"]


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _bounds(row):
    if row.least is None:
        return "-"
    if row.bounds == "ratio":
        return f"{row.least:g}x / {row.aim:g}x"
    return f"{row.least:g} / {row.aim:g} {row.unit}"


def _cells(row):
    ratio = "-" if row.ratio is None else f"{row.ratio:.2f}x"
    path = f"{row.path}: {row.server}" if row.server else row.path
    return [path, number(row.figure), number(row.floor), row.unit, ratio, _bounds(row),
            number(row.server_cpu_us), number(row.p50_us), number(row.p99_us), row.verdict]


def table(rows):
    lines = [HEADINGS] + [_cells(row) for row in rows]
    used = [i for i in range(len(HEADINGS)) if any(line[i] not in ("", "-") for line in lines[1:])]
    return aligned([[line[i] for i in used] for line in lines])


def aligned(lines):
    """Markdown: lines of cells, of which the first are headings."""
    widths = [max(len(cell) for cell in column) for column in zip(*lines)]

    def line(cells):
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([line(lines[0]), rule] + [line(cells) for cells in lines[1:]])


def save(folder, name, rows, details, conditions):
    """Writes the rows, each single run behind them, and the conditions."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    written = {
        "conditions": conditions.values,
        "rows": [dict(dataclasses.asdict(row), ratio=row.ratio, verdict=row.verdict)
                 for row in rows],
        "runs": details,
    }
    path.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return path
