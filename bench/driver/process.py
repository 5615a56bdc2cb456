"""Programs run by the benchmarks: tools that print JSON, and servers that print a ready line."""

import contextlib
import json
import statistics
import subprocess


def run_json_lines(command, timeout=300):
    """The JSON objects that a tool prints, one a line."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          timeout=timeout, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip() or done.returncode}")
    return [json.loads(line) for line in done.stdout.splitlines()]


@contextlib.contextmanager
def server(command):
    """Runs a server while the block runs; gives its pid and the words of its ready line."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        if " ready " not in line:
            raise RuntimeError(f"{command[0]} did not become ready: {line.strip()}")
        words = dict(word.split("=", 1) for word in line.split() if "=" in word)
        yield process.pid, words
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def medians(runs):
    """The median of each number over runs of the same form."""
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}
