"""The engine alone, and its structures: each figure beside its floor, over a range of sizes."""

import json
import statistics
import subprocess

from driver import micro_series
from driver.micro_series import LARGE, short
from driver.report import Row
from driver.words import Words

ANCHOR = ("B1 1M", micro_series.BARE.format(1_000_000))  # Tells whether the machine is disturbed.
COUNTERS = ("bytes_per_message", "bytes_per_queue", "bytes_per_entry", "mb_per_s", "log_share",
            "log_mib", "live_mib")


class Program:
    """bench_micro, which has its cases under names that end with their number of iterations."""

    def __init__(self, path, data):
        self._path = str(path.resolve())
        self._data = data  # Where cases put their files.
        done = subprocess.run([self._path, "--benchmark_list_tests"], capture_output=True,
                              text=True, timeout=30, check=True)
        self._names = {name.split("/iterations:")[0]: name for name in done.stdout.split()}

    def run(self, case):
        """One case in a process of its own, so that none inherits another's heap."""
        if case not in self._names:
            raise RuntimeError(f"{self._path} has no case {case}")
        command = [self._path, f"--benchmark_filter=^{self._names[case]}$",
                   "--benchmark_format=json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False,
                              cwd=self._data)
        if done.returncode != 0:
            raise RuntimeError(f"{case}: {done.stderr.strip()}")
        result = json.loads(done.stdout)["benchmarks"][0]
        measures = {"ns": 1e9 / result["items_per_second"], "per_s": result["items_per_second"]}
        measures.update({name: result[name] for name in COUNTERS if name in result})
        if "longest_us" in result:
            measures["longest_ms"] = result["longest_us"] / 1000
        return measures


def _values(series, arguments):
    values = [value for value in series.values if value < LARGE or arguments.large]
    return values[:1] if arguments.quick else values


def _cases(series, value):
    return [name.format(value) for name in (series.figure, series.floor) if name]


class Measurements:
    """Every run of every case; a case that several rows quote is run for all of them."""

    def __init__(self, program, calibration):
        self._program = program
        self._calibration = calibration
        self.runs = {}

    def round(self, cases):
        self._calibration.measure()
        for case in cases:
            self.runs.setdefault(case, []).append(self._program.run(case))

    def median(self, case, measure):
        return statistics.median(run[measure] for run in self.runs[case])


def _measure(chosen, arguments, measurements):
    """Several rounds of what takes turns, then one of the rest."""
    turns, rest = {}, {}
    for series in chosen:
        for value in _values(series, arguments):
            cases = turns if value in series.in_turns else rest
            cases.update(dict.fromkeys(_cases(series, value)))
    turns[ANCHOR[1]] = None
    for _ in range(arguments.rounds):
        measurements.round(turns)
    measurements.round([case for case in rest if case not in turns])


def _rows(series, arguments, measurements, is_disturbed):
    figures, floors = [], []
    for value in _values(series, arguments):
        figures.append(measurements.median(series.figure.format(value), series.measure))
        floor = None
        if series.floor:
            floor = measurements.median(series.floor.format(value), series.measure)
            floors.append(floor)
        least, aim = None, None
        if value >= series.bound_from:
            least, aim = series.least, series.aim
        yield Row(path=series.path.format(short(value)), unit=series.unit, figure=figures[-1],
                  floor=floor, better=series.better, bounds=series.bounds, least=least, aim=aim,
                  disturbed=is_disturbed(series, value, floor))
    if series.flat and len(figures) > 1:
        yield Row(path=series.path.format("…") + ": largest / smallest", unit="x",
                  figure=max(figures) / min(figures),
                  floor=max(floors) / min(floors) if floors else None, better="less",
                  bounds="figure", least=series.flat[0], aim=series.flat[1],
                  disturbed=is_disturbed(None, None, None))


def run(arguments, programs, calibration, conditions, data):
    words = Words(arguments.only)
    chosen = [series for series in micro_series.ALL if words.hit(series.path)]
    conditions.add(body_bytes=100, durability="none: the engine alone; B10 to B12: sync")
    measurements = Measurements(Program(programs / "bench_micro", data), calibration)
    _measure(chosen, arguments, measurements)

    anchor_is_slow = calibration.is_disturbed(ANCHOR[0], measurements.median(ANCHOR[1], "ns"))

    def is_disturbed(series, value, floor):
        """By the floor's own reference where there is one, else by the anchor's."""
        reference = series.reference.format(short(value)) if series and series.reference else None
        if reference and reference != ANCHOR[0] and calibration.has_reference(reference):
            return calibration.is_disturbed(reference, floor)
        return anchor_is_slow and (series is None or series.unit != "B")

    rows = [row for series in chosen for row in _rows(series, arguments, measurements, is_disturbed)]
    return rows, measurements.runs
