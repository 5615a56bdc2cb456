"""B4 to B7, B13 and B14: unary calls, stalls and a server's start; then the peers."""

from driver import durable, peer_servers, peers, stalls
from driver.process import medians, run_json_lines, server
from driver.report import Row
from driver.words import Words

BODY_BYTES = 100
OUTSTANDING = 64
CHANNELS = 1
ECHO_APIS = ("completion_queue", "callback")


class Servers:
    """The servers that take turns: the echoes, and twinqd when it has been built."""

    def __init__(self, programs):
        self._programs = programs
        self.client = programs / "bench_unary"
        self.has_twinqd = (programs / "twinqd").exists()

    def echo(self, api, services="queue"):
        return [self._programs / "bench_echo", f"--api={api}", "--threads=1",
                f"--services={services}"]

    def twinqd(self):
        return [self._programs / "twinqd", "--grpc=127.0.0.1:0"]

    def durable_echo(self, folder):
        return self.echo("completion_queue") + [f"--log={folder}"]

    def durable_twinqd(self, folder, *more):
        return self.twinqd() + [f"--data-dir={folder}", "--log-level=warning", *more]

    def all_for_sends(self):
        servers = {f"echo {api}": self.echo(api) for api in ECHO_APIS}
        if self.has_twinqd:
            servers["twinqd"] = self.twinqd()
        return servers

    def all_for_starts(self):
        servers = {"echo": self.echo("completion_queue", services="all")}
        if self.has_twinqd:
            servers["twinqd"] = self.twinqd()
        return servers


def _send(programs, command, seconds, *more):
    """One run against a server of its own: what the client saw."""
    with server(command) as (pid, words):
        return run_json_lines([
            programs / "bench_unary", f"--target={words['grpc']}", f"--server-pid={pid}",
            f"--seconds={seconds}", f"--body-bytes={BODY_BYTES}", f"--outstanding={OUTSTANDING}",
            f"--channels={CHANNELS}", *more])[0]


def _measure_sends(arguments, programs, servers, calibration, conditions):
    runs = {name: [] for name in servers}
    for _ in range(arguments.rounds):
        calibration.measure()
        for name, command in servers.items():
            more = ["--create-queue"] if name == "twinqd" else []
            runs[name].append(_send(programs, command, arguments.seconds, *more))
            if name == "twinqd":
                conditions.add(durability="volatile")
    return runs


def _send_rows(runs, calibration):
    results = {name: medians(values) for name, values in runs.items()}
    rates = {api: results[f"echo {api}"]["calls_per_s"] for api in ECHO_APIS}
    better = max(rates, key=rates.get)
    disturbed = calibration.is_disturbed(f"B4 {better}", rates[better])

    def row(path, name, **more):
        result = results[name]
        return Row(path=path, unit="calls/s", figure=result["calls_per_s"], floor=rates[better],
                   server_cpu_us=result["server_cpu_us_per_call"], p50_us=result["p50_us"],
                   p99_us=result["p99_us"], **more)

    rows = [row(f"B4 empty echo, {api}", f"echo {api}") for api in ECHO_APIS]
    if "twinqd" in results:
        rows.append(row("B4 SendMessage", "twinqd", least=0.8, aim=0.95, disturbed=disturbed))
    return rows


def _measure_starts(arguments, programs, servers):
    runs = {name: [] for name in servers}
    for _ in range(arguments.rounds):
        for name, command in servers.items():
            runs[name] += run_json_lines([programs / "bench_start", "--rounds=2", "--"] + command)
    return runs


def _start_rows(runs, calibration):
    floor = medians(runs["echo"])
    figure = medians(runs["twinqd"]) if "twinqd" in runs else {}
    slow = calibration.is_disturbed("B14 ready", floor["ready_ms"])
    large = calibration.is_disturbed("B14 memory", floor["idle_mib"])

    def row(path, key, unit, **more):
        return Row(path=path, unit=unit, figure=figure.get(key), floor=floor[key], better="less",
                   bounds="figure", **more)

    return [row("B14 start to ready line", "ready_ms", "ms"),
            row("B14 start to first answer", "first_answer_ms", "ms", least=50, aim=15,
                disturbed=slow),
            row("B14 idle memory", "idle_mib", "MiB", least=30, aim=18, disturbed=large)]


def run(arguments, programs, calibration, conditions, data):
    servers = Servers(programs)
    conditions.add(body_bytes=BODY_BYTES, outstanding=OUTSTANDING, channels=CHANNELS,
                   client="1 thread")
    if not servers.has_twinqd:
        conditions.add(twinqd="not built: floors only")
    words = Words(arguments.only)
    rows, details = [], {}
    if words.hit("B4 SendMessage", "B4 empty echo"):
        sends = _measure_sends(arguments, programs, servers.all_for_sends(), calibration,
                               conditions)
        rows, details["sends"] = rows + _send_rows(sends, calibration), sends
    chosen = [figure for figure in durable.ALL if words.hit(figure.path)]
    if chosen:
        runs = durable.measure(chosen, arguments, servers, calibration, data)
        rows, details["durable"] = rows + durable.rows(chosen, runs, calibration), runs
        conditions.add(durability="as the row says; sync unless it says so")
    if words.hit("B14 start", "B14 idle memory"):
        starts = _measure_starts(arguments, programs, servers.all_for_starts())
        calibration.measure()
        rows, details["starts"] = rows + _start_rows(starts, calibration), starts
    events = [event for event in stalls.ALL if words.hit(event.path)]
    if events and servers.has_twinqd:
        runs = stalls.measure(events, arguments, programs, servers, calibration)
        rows, details["stalls"] = rows + stalls.rows(events, runs), runs
    compared = [figure for figure in peers.ALL if words.hit(figure.path)]
    if compared:
        runs = peers.measure(compared, arguments, programs, servers, calibration, data)
        rows, details["peers"] = rows + peers.rows(compared, runs), runs
        conditions.add(peers=f"{peers.CONNECTIONS} connections", **peer_servers.versions())
    return rows, details
