"""B1 and B3: a message's life on a standard queue, and what it costs to keep, by engine and floor."""

import json
import statistics
import subprocess

from driver.report import Row

SIZES = {"1M": 1_000_000, "10M": 10_000_000}


def _run_case(program, case):
    """One case in a process of its own, so that none inherits another's heap."""
    command = [str(program), f"--benchmark_filter=^{case}$", "--benchmark_format=json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program}: {done.stderr.strip()}")
    result = json.loads(done.stdout)["benchmarks"][0]
    return {"ns": result["cpu_time"], "bytes": result["bytes_per_message"]}


def _find_cases(program):
    """The cases by (form, residents), as the program lists them."""
    done = subprocess.run([str(program), "--benchmark_list_tests"], capture_output=True, text=True,
                          timeout=30, check=True)
    cases = {}
    for case in done.stdout.split():
        for size, residents in SIZES.items():
            if case.startswith("standard_cycle/") and f"/resident:{residents}/" in case:
                cases[case.split("/")[1], size] = case
    return cases


def _median(runs, key):
    return statistics.median(run[key] for run in runs) if runs else None


def run(arguments, programs, calibration, conditions):
    program = programs / "bench_micro"
    cases = _find_cases(program)
    sizes = ["1M"] if arguments.quick else list(SIZES)
    conditions.add(body_bytes=100, queue="one, standard", durability="none: the engine alone")
    runs = {key: [] for key in cases if key[1] in sizes}
    for _ in range(arguments.rounds):
        calibration.measure()
        for key in runs:
            runs[key].append(_run_case(program, cases[key]))

    rows = []
    for size in sizes:
        floor, engine = runs["floor", size], runs.get(("engine", size))
        time_floor, memory_floor = _median(floor, "ns"), _median(floor, "bytes")
        rows.append(Row(path=f"B1 send + receive + delete, {size} resident", unit="ns",
                        figure=_median(engine, "ns"), floor=time_floor, better="less", least=2.5,
                        aim=1.5, disturbed=calibration.is_disturbed(f"B1 {size}", time_floor)))
        rows.append(Row(path=f"B3 memory a message, {size} resident", unit="B",
                        figure=_median(engine, "bytes"), floor=memory_floor, better="less",
                        bounds="figure", least=300, aim=220,
                        disturbed=calibration.is_disturbed(f"B3 {size}", memory_floor)))
    return rows, {f"{form} {size}": values for (form, size), values in runs.items()}
