"""B5 to B7: durable calls over gRPC, beside an empty echo with a bare group-commit log."""

import dataclasses
import shutil
from typing import Optional

from driver.process import medians, run_json_lines, server
from driver.report import Row

BODY_BYTES = 100


@dataclasses.dataclass(frozen=True)
class Figure:
    """One way of calling, asked of both servers; the floor's options are always the same."""

    path: str
    outstanding: int
    calls: str = "send"
    measure: str = "calls_per_s"
    unit: str = "calls/s"
    better: str = "more"
    bounds: str = "ratio"
    least: Optional[float] = None
    aim: Optional[float] = None
    reference: Optional[str] = None  # The floor's name in references.json.
    options: tuple = ()  # Of twinqd.

    @property
    def load(self):
        """What the floor's runs depend on: figures that share it share them."""
        return f"{self.calls}, {self.outstanding} outstanding"

    @property
    def run(self):
        return " ".join((self.load, *self.options))


BATCHES = {"outstanding": 64, "calls": "batch_cycle", "measure": "messages_per_s",
           "unit": "msg/s"}
ALL = [
    Figure("B5 SendMessage, durable, 64 outstanding", 64, least=0.85, aim=1, reference="B5"),
    Figure("SendMessage, interval:100, 64 outstanding", 64,
           options=("--durability=interval:100",)),
    Figure("B6 SendMessage, durable, 1 outstanding: p50", 1, measure="p50_us", unit="us",
           better="less", bounds="figure", least=250, aim=180, reference="B6"),
    Figure("B7 send + receive + delete in tens, durable", least=0.6, aim=0.85, reference="B7",
           **BATCHES),
]


def _run(servers, command, figure, seconds, *more):
    """What the client saw of one server."""
    with server(command) as (pid, words):
        return run_json_lines([
            servers.client, f"--target={words['grpc']}", f"--server-pid={pid}",
            f"--seconds={seconds}", f"--body-bytes={BODY_BYTES}",
            f"--outstanding={figure.outstanding}", f"--calls={figure.calls}", *more])[0]


def measure(figures, arguments, servers, calibration, data):
    """Floors and figures take turns; each run has a server and a folder of its own."""
    runs = {}
    folder = data / "journal"

    def run(name, command, figure, *more):
        try:
            result = _run(servers, command, figure, arguments.seconds, *more)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        runs.setdefault(name, []).append(result)

    for _ in range(arguments.rounds):
        calibration.measure()
        for load in dict.fromkeys(figure.load for figure in figures):
            alike = [figure for figure in figures if figure.load == load]
            run(f"floor {load}", servers.durable_echo(folder), alike[0])
            for figure in alike if servers.has_twinqd else []:
                run(figure.run, servers.durable_twinqd(folder, *figure.options), figure,
                    "--create-queue")
    return runs


def rows(figures, runs, calibration):
    """The floor of each load once, and behind it the figures that it is the floor of."""
    found = []
    for load in dict.fromkeys(figure.load for figure in figures):
        floor = medians(runs[f"floor {load}"])
        alike = [figure for figure in figures if figure.load == load]
        found.append(_row(alike[0], f"echo with a log: {load}", floor, floor))
        for figure in alike:
            disturbed = (figure.reference is not None
                         and calibration.is_disturbed(figure.reference, floor[figure.measure]))
            if figure.run in runs:
                found.append(_row(figure, figure.path, medians(runs[figure.run]), floor,
                                  least=figure.least, aim=figure.aim, disturbed=disturbed))
    return found


def _row(figure, path, result, floor, **more):
    return Row(path=path, unit=figure.unit, figure=result[figure.measure],
               floor=floor[figure.measure], better=figure.better, bounds=figure.bounds,
               server_cpu_us=result["server_cpu_us_per_message"], p50_us=result["p50_us"],
               p99_us=result["p99_us"], **more)
