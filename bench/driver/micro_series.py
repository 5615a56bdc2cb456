"""What the suite `micro` measures: cases of bench_micro beside their floors, as rows of its table."""

import dataclasses
from typing import Optional

FLAT = (1.25, 1.1)  # B19: largest / smallest over a range, at most, and the aim.
STALL_MS = (20, 2)  # B13.
LARGE = 10_000_000  # Cases of this size run only when asked for.


@dataclasses.dataclass(frozen=True)
class Series:
    """One case over a range of values, each beside its floor; `{}` in names stands for the value.

    Bounds hold for the ratio to the floor, or for the figure itself. `flat` bounds the largest
    figure by the smallest. Cases of values outside `in_turns` are measured once.
    """

    path: str
    figure: str
    values: tuple = (0,)
    floor: Optional[str] = None
    measure: str = "ns"
    unit: str = "ns"
    better: str = "less"
    bounds: str = "ratio"
    least: Optional[float] = None
    aim: Optional[float] = None
    flat: Optional[tuple] = None
    reference: Optional[str] = None  # The floor's name in references.json.
    bound_from: int = 0  # The least value that the bounds are for.
    in_turns: tuple = ()  # The values that take turns with their floors, round by round.


def short(number):
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if number >= unit and number % (unit // 10) == 0:
            return f"{number / unit:g}{name}"
    return str(number)


BACKLOGS = (1_000, 10_000, 100_000, 1_000_000, LARGE)
GROUPS = (1, 100, 10_000, 1_000_000)
STANDARD, BARE = "standard_cycle/engine/resident:{}", "standard_cycle/floor/resident:{}"
FIFO = "fifo_cycle/engine/groups:{}/resident:{}"


def _cycles():
    return [
        Series("B1 standard cycle, {} resident", STANDARD, BACKLOGS, BARE, least=2.5, aim=1.5,
               flat=FLAT, reference="B1 {}", bound_from=1_000_000, in_turns=(1_000_000, LARGE)),
        Series("B2 FIFO cycle, 1M resident, {} groups", FIFO.format("{}", 1_000_000), GROUPS,
               STANDARD.format(1_000_000), least=2, aim=1.3, flat=FLAT, in_turns=(1_000_000,)),
        Series("B2 FIFO cycle, 1M groups, {} resident", FIFO.format(1_000_000, "{}"), BACKLOGS,
               STANDARD, least=2, aim=1.3, flat=FLAT),
        Series("B2 FIFO cycle, dedup window of {}", "dedup_ids/engine/entries:{}",
               (1_000, 100_000, 3_000_000), STANDARD.format(1_000), least=2, aim=1.3, flat=FLAT),
        Series("B16 FIFO cycle, {} groups of one message", "groups_of_one/engine/groups:{}",
               (1_000, 10_000, 100_000, 1_000_000), STANDARD, least=2, aim=1.3, flat=FLAT),
        Series("B16 standard cycle among {} queues with deadlines", "queues/engine/queues:{}",
               (1, 1_000, 10_000, 100_000), flat=FLAT),
        Series("B19 drain in tens, standard, {} resident", "drain/standard/resident:{}",
               (1_000, 1_000_000), flat=FLAT),
    ] + [
        Series(f"B19 drain in tens, FIFO, {short(groups)} groups, {{}} resident",
               f"drain/fifo/groups:{groups}/resident:{{}}", (1_000, 1_000_000),
               "drain/standard/resident:{}", flat=FLAT)
        for groups in (1, 1_000, 100_000)
    ]


def _memory():
    message = {"measure": "bytes_per_message", "unit": "B", "bounds": "figure"}
    return [
        Series("B3 memory a standard message, {} resident", STANDARD, (1_000_000, LARGE), BARE,
               least=300, aim=220, reference="B3 {}", **message),
        Series("B3 memory a FIFO message, 1 group, {} resident, with dedup ids",
               FIFO.format(1, "{}"), (1_000_000, LARGE), BARE, **message),
        Series("B3 memory a FIFO message, 1M groups, {} resident, with dedup ids",
               FIFO.format(1_000_000, "{}"), (1_000_000, LARGE), BARE, **message),
        Series("B16 memory a FIFO message and its group, {} groups",
               "groups_of_one/engine/groups:{}", (100_000, 1_000_000), BARE, **message),
        Series("B16 memory an empty queue, {} queues", "queues/engine/queues:{}",
               (10_000, 100_000), measure="bytes_per_queue", unit="B"),
        Series("memory a dedup id, {} of them", "dedup_window/window/entries:{}",
               (100_000, 3_000_000), "dedup_window/map/entries:{}", measure="bytes_per_entry",
               unit="B"),
    ]


def _time():
    in_flight = (1, 1_000, 10_000, 119_999)
    timeouts = (1, 8, 9, 1_000)
    waiting = (1, 1_000, 100_000)
    return [
        Series("standard cycle, {} in flight", "in_flight/standard/in_flight:{}", in_flight,
               "in_flight/floor/in_flight:{}", flat=FLAT),
        Series("FIFO cycle, {} in flight", "in_flight/fifo/in_flight:{}", in_flight,
               "in_flight/standard/in_flight:{}", flat=FLAT),
        Series("standard cycle, 100k in flight with {} timeouts", "timeouts/engine/values:{}",
               timeouts),
        Series("end of visibility, 100k in flight with {} timeouts", "expiry/engine/values:{}",
               timeouts),
        Series("100k come back at random and are received, beside in order",
               "come_back/at_random/messages:100000", floor="come_back/in_order/messages:100000"),
        Series("wake-up and wait again, {} waiting", "wake_up/engine/waiting:{}", waiting,
               flat=FLAT),
        Series("cancel a waiter and wait again, {} waiting", "cancel_waiter/engine/waiting:{}",
               waiting),
    ]


def _stalls():
    bounds = {"measure": "longest_ms", "unit": "ms", "bounds": "figure", "least": STALL_MS[0],
              "aim": STALL_MS[1]}
    both = ("standard", "fifo")
    return [
        Series(f"B13 longest call: {what}, {kind}, {{}} messages",
               f"stall/{case}/{kind}/messages:{{}}", values, **bounds)
        for case, what, kinds, values in (
            ("grow", "sends", both, (1_000_000,)),
            ("deduplicate", "sends, deleted at once", ("fifo",), (4_500_000,)),
            ("purge", "purge", both, (1_000_000, LARGE)),
            ("delete_queue", "end of a queue", both, (1_000_000,)),
            ("retention", "end of retention", both, (1_000_000,)),
            ("visibility", "end of visibility", both, (1_000_000,)),
            ("delay", "end of delay", both, (1_000_000,)))
        for kind in kinds
    ] + [
        Series("B13 longest call: end of {} waits", "stall/end_waits/standard/waiters:{}",
               (100_000,), **bounds),
        Series("B13 longest call: end of a queue with {} waiters",
               "stall/delete_under_waiters/standard/waiters:{}", (100_000,), **bounds),
    ]


def _journal():
    commits = {"measure": "per_s", "unit": "commits/s", "better": "more"}
    return [
        Series("B10 group commits of {} bytes", "commit/journal/bytes:{}", (4096, 65536),
               "commit/recycled/bytes:{}", least=0.85, aim=0.95, reference="B10 {}",
               in_turns=(4096, 65536), **commits),
        Series("commits of {} bytes to a growing file", "commit/growing/bytes:{}", (4096, 65536),
               "commit/recycled/bytes:{}", in_turns=(4096, 65536), **commits),
    ]


def _recovery():
    sizes = (1_000_000, 3_000_000)
    of_100, of_2000 = "recovery/{}/records:{{}}/body:100", "recovery/{}/records:{{}}/body:2000"
    records = {"measure": "per_s", "unit": "records/s", "better": "more", "bounds": "figure"}
    megabytes = dict(records, measure="mb_per_s", unit="MB/s")

    def pair(form, figure="shard"):
        return {"figure": form.format(figure), "floor": form.format("read")}

    return [
        Series("B11 recovery, {} records", values=sizes, least=1_000_000, aim=3_000_000,
               in_turns=sizes, **pair(of_100), **records),
        Series("B11 recovery, {} records, bytes", values=sizes, in_turns=sizes, **pair(of_100),
               **megabytes),
        Series("B11 recovery, {} records, bodies of 2 kB", values=(300_000,), least=500,
               aim=1_000, in_turns=(300_000,), **pair(of_2000), **megabytes),
        Series("B11 the journal's part, {} records", values=sizes, in_turns=sizes,
               **pair(of_100, "journal"), **records),
    ]


def _cleaning():
    resident, stalls = (500_000,), {"measure": "longest_ms", "unit": "ms", "bounds": "figure",
                                    "least": STALL_MS[0], "aim": STALL_MS[1]}
    found = []
    for where, words in (("beside", "in another queue"), ("before", "before it in its queue")):
        cleaned, never = f"log/{where}/cleaned/resident:{{}}", f"log/{where}/never/resident:{{}}"
        found += [
            Series(f"B12 (log - 128 MiB) / live, worst, {{}} messages {words}", cleaned, resident,
                   never, measure="log_share", unit="x live", bounds="figure", least=2, aim=1.5,
                   in_turns=resident),
            Series(f"cycle with its log cleaned / never, {{}} messages {words}", cleaned, resident,
                   never, in_turns=resident),
            Series(f"B13 longest call: cleaning, {{}} messages {words}", cleaned, resident, never,
                   in_turns=resident, **stalls),
        ]
    return found + [
        Series(f"B13 longest call: {what} of {{}}, journaled", f"log/{case}/cleaned/resident:{{}}",
               (1_000_000,), **stalls)
        for case, what in (("purge", "purge"), ("delete_queue", "end of a queue"))
    ]


def _structures():
    timeouts = (1, 8, 9, 1_000)
    return [
        Series("RunQueue / ordered set, {} timeouts", "run_queue/runs/values:{}", timeouts,
               "run_queue/set/values:{}"),
        Series("RunQueue / deque per timeout, {} timeouts", "run_queue/runs/values:{}", timeouts,
               "run_queue/deques/values:{}"),
        Series("RunQueue / ordered set, random deadlines", "run_queue/runs/random",
               floor="run_queue/set/random"),
        Series("BucketedQueue / ordered set, {} entries", "bucketed_queue/buckets/entries:{}",
               (1_000, 1_000_000), "bucketed_queue/set/entries:{}"),
        Series("DedupWindow / bare hash map, {} ids", "dedup_window/window/entries:{}",
               (1_000, 100_000, 3_000_000), "dedup_window/map/entries:{}"),
        Series("MessageGroups / map of deques, 1M messages, {} groups",
               "message_groups/groups/groups:{}", GROUPS, "message_groups/map/groups:{}"),
        Series("MessageSlots / vector and free list, {} slots", "message_slots/slots/slots:{}",
               (1_000, 1_000_000), "message_slots/vector/slots:{}"),
        Series("ReceiveWaiters / deque, {} waiting", "receive_waiters/waiters/waiting:{}",
               (1, 1_000, 100_000), "receive_waiters/deque/waiting:{}"),
    ]


ALL = (_cycles() + _memory() + _time() + _stalls() + _journal() + _recovery() + _cleaning()
       + _structures())
