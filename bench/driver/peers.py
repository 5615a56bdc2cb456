"""Cycles of send, receive and acknowledge through twinq and through other queue servers."""

import dataclasses
import shutil

from driver import peer_servers
from driver.process import medians, run_json_lines, server
from driver.report import Row

BODY_BYTES = 100
CONNECTIONS = 64
TWINQ = "twinq"


@dataclasses.dataclass(frozen=True)
class Figure:
    """A load that is asked of all servers alike."""

    path: str
    is_durable: bool
    burst: int  # Messages a call, or commands written at once.

    def run(self, name):
        return f"{self.path}: {name}"


ALL = [Figure(f"peers: cycle {how}, {kept}", kept == "durable", burst)
       for kept in ("volatile", "durable")
       for how, burst in (("one at a time", 1), ("in tens", 10))]


def _twinq(figure, seconds, servers, folder):
    command = servers.durable_twinqd(folder) if figure.is_durable else servers.twinqd()
    calls = "cycle" if figure.burst == 1 else "batch_cycle"
    try:
        with server(command) as (pid, words):
            return run_json_lines([
                servers.client, f"--target={words['grpc']}", f"--server-pid={pid}",
                f"--seconds={seconds}", f"--body-bytes={BODY_BYTES}", f"--calls={calls}",
                f"--outstanding={CONNECTIONS}", f"--channels={CONNECTIONS}", "--create-queue"])[0]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _peer(dialect, figure, seconds, programs, folder):
    with peer_servers.peer(dialect, folder, figure.is_durable) as (pid, port):
        return run_json_lines([
            programs / "bench_peers", f"--dialect={dialect}", f"--port={port}",
            f"--server-pid={pid}", f"--seconds={seconds}", f"--body-bytes={BODY_BYTES}",
            f"--connections={CONNECTIONS}", f"--burst={figure.burst}"])[0]


def measure(figures, arguments, programs, servers, calibration, data):
    """Servers take turns; each run has a server and a folder of its own. Those that are not
    installed have no runs."""
    runs, seconds, folder = {}, arguments.seconds, data / "peer"
    present = [dialect for dialect in peer_servers.PEERS if peer_servers.is_installed(dialect)]
    for _ in range(arguments.rounds):
        calibration.measure()
        for figure in figures:
            if servers.has_twinqd:
                runs.setdefault(figure.run(TWINQ), []).append(
                    _twinq(figure, seconds, servers, folder))
            for dialect in present:
                runs.setdefault(figure.run(peer_servers.PEERS[dialect][0]), []).append(
                    _peer(dialect, figure, seconds, programs, folder))
    return runs


def rows(figures, runs):
    """For each load a row a server, also of those that are not there."""
    names = [TWINQ] + [name for name, _ in peer_servers.PEERS.values()]
    return [_row(figure.path, name, runs.get(figure.run(name)))
            for figure in figures for name in names]


def _row(path, name, runs):
    if runs is None:
        absence = "not built" if name == TWINQ else "not installed"
        return Row(path=path, server=name, unit="msg/s", note=absence)
    result = medians(runs)
    return Row(path=path, server=name, unit="msg/s", figure=result["messages_per_s"],
               server_cpu_us=result["server_cpu_us_per_message"], p50_us=result["p50_us"],
               p99_us=result["p99_us"])
