"""The part of a README that quotes a saved result of the suite e2e."""

import dataclasses
import json
import re

from driver import report

HEADING = "### End to end"
BEGIN, END = "<!-- figures: {} -->", "<!-- end of figures -->"
MARKED = re.compile(BEGIN.format(r"(\S+)") + r"\n.*?" + END, re.DOTALL)
UNMARKED = re.compile(rf"(?<=^{HEADING}\n).*?(?=^#|\Z)", re.DOTALL | re.MULTILINE)


def saved(folder):
    """The paths of the results of the whole suite e2e, the one measured last behind the others."""
    found = []
    for path in folder.glob("*.json"):
        conditions = json.loads(path.read_text(encoding="utf-8"))["conditions"]
        if conditions["suite"] == "e2e" and "only" not in conditions:
            found.append((conditions["measured"], path))
    return [path for _, path in sorted(found)]


def _rows(result):
    known = {field.name for field in dataclasses.fields(report.Row)}
    return [report.Row(**{key: value for key, value in row.items() if key in known})
            for row in result["rows"]]


def _conditions(values):
    return (f"{values['cpu']}, {values['cores']} cores, Linux {values['kernel']}, client and server "
            f"on the same cores; build {values['build']}; files on {values['file_system']}; medians "
            f"of {values['rounds']} runs of {values['seconds']:g} s, measured {values['measured']}. "
            f"The machine: load {values['load_before']} before, {values['stolen_percent']} % of its "
            f"time taken by others, memcpy {values['memcpy_gb_per_s']:.3g} GB/s, a loopback round "
            f"trip {values['loopback_round_trip_us']:.3g} us, a synced page "
            f"{values['fdatasync_us']:.3g} us.")


def _cell(row):
    if row.figure is None:
        return row.note
    return f"{report.number(row.figure)} ({report.number(row.server_cpu_us)} us)"


def _peers(rows, conditions):
    """A line a server, a column a load."""
    paths = list(dict.fromkeys(row.path for row in rows))
    cells = {(row.server, row.path): _cell(row) for row in rows}
    lines = [["messages/s (server CPU a message)"]
             + [path.removeprefix("peers: cycle ") for path in paths]]
    lines += [[server] + [cells[server, path] for path in paths]
              for server in dict.fromkeys(row.server for row in rows)]
    return ("Send, receive and acknowledge, beside other queue servers in the same run, "
            f"{conditions['peers']} ([how](bench/README.md#peers)); redis-server "
            f"{conditions['redis-server']}, beanstalkd {conditions['beanstalkd']}:\n\n"
            f"{report.aligned(lines)}\n\n")


def part(name, result):
    """The text from marker to marker. `name` is the result's path, from the README's folder."""
    rows, conditions = _rows(result), result["conditions"]
    own, others = [row for row in rows if not row.server], [row for row in rows if row.server]
    tables = f"{report.table(own)}\n\n" if own else ""
    if others:
        tables += _peers(others, conditions)
    return (f"{BEGIN.format(name)}\nMade by `bench/table` from [{name}]({name}); what each row is: "
            f"[bench/README.md](bench/README.md#what-is-measured).\n\n{tables}"
            f"{_conditions(conditions)}\n{END}")


def quoted(text):
    """The results that a README quotes: name and part, from marker to marker."""
    return [(match.group(1), match.group()) for match in MARKED.finditer(text)]


def rewritten(text, new_part):
    """A README with a new part: in the place of its old one, else of all below the heading."""
    if quoted(text):
        return MARKED.sub(lambda _: new_part, text)
    found, places = UNMARKED.subn(lambda _: f"\n{new_part}\n\n", text)
    if places != 1:
        raise ValueError(f"neither markers nor one heading '{HEADING}'")
    return found
