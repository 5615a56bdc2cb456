"""B13: the longest call of a client while a queue loses a million messages at once."""

import dataclasses

from driver.process import run_json_lines, server
from driver.report import Row

MESSAGES, MESSAGES_QUICK = 1_000_000, 10_000
LEAST_MS, AIM_MS = 20, 2


@dataclasses.dataclass(frozen=True)
class Event:
    """What ends the messages; bench_stall's name for it."""

    name: str
    path: str
    takes_a_minute: bool = False


ALL = [Event("purge", "B13 a client's longest call: purge"),
       Event("delete_queue", "B13 a client's longest call: end of a queue"),
       Event("retention", "B13 a client's longest call: end of retention", takes_a_minute=True)]


def measure(events, arguments, programs, servers, calibration):
    """One run an event, on a server of its own."""
    runs, messages = {}, MESSAGES_QUICK if arguments.quick else MESSAGES
    for event in events:
        if arguments.quick and event.takes_a_minute:
            continue
        calibration.measure()
        with server(servers.twinqd()) as (_, words):
            runs[event.name] = run_json_lines([
                programs / "bench_stall", f"--target={words['grpc']}", f"--event={event.name}",
                f"--messages={messages}", f"--seconds={arguments.seconds}"], timeout=600)
    return runs


def rows(events, runs):
    """The floor is the longest call in as much time before; half the budget is too much for one."""
    found = []
    for event in events:
        for run in runs.get(event.name, []):
            found.append(Row(
                path=f"{event.path}, {run['messages']:,} messages", unit="ms", better="less",
                bounds="figure", figure=run["longest_ms"], floor=run["before_ms"], least=LEAST_MS,
                aim=AIM_MS, disturbed=run["before_ms"] > LEAST_MS / 2))
    return found
