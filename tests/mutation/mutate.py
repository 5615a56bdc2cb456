"""Plants small bugs one at a time on a copy of the sources and shows that the tests see them.

Each mutant must compile and pass a smoke test; then one of the finders of its suite must find it. In
the suite "engine" these are the recorded rows, and random steps beside the models; in "durability",
crashes at every step of a shard, and of a journal; in "judge", the judge of a server under load, which
must tell the story of a message concerned. Exits with 1 if one survives.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import typing
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).parent
WORK = ROOT / "build" / "mutate"
# Not copied: what is built, and history.
LEFT_OUT = ("build", ".git")
# A mutant may also make the engine go round for ever.
TIMEOUT_SECONDS = 300
SMOKE = "Engine/*/first_steps_*"
ROWS = "Engine/*:VariedEngine/*:-*/first_steps_*"


class MutantError(Exception):
    """The mutants, or one of them, are not as they should be."""


class Edit(NamedTuple):
    """One text of a file and what takes its place."""

    file: str
    old: str
    new: str


class Mutant(NamedTuple):
    name: str
    edits: tuple


class Finder(NamedTuple):
    """A test that is to notice mutants: look(seeds) is what it found as text, empty for nothing."""

    title: str
    look: typing.Callable


class Suite(NamedTuple):
    """Mutants and who is to find them; smoke() is whether the sources still do the simplest."""

    mutants: pathlib.Path
    targets: tuple
    smoke: typing.Callable
    finders: tuple


def parse(text):
    """The mutants of a file such as mutants.txt, in its order."""
    mutants = []
    edits = None
    file = None
    lines = iter(enumerate(text.splitlines(), 1))
    for number, line in lines:
        if line.startswith("== "):
            edits = []
            mutants.append((line[3:].strip(), edits))
            file = None
        elif line.startswith("-- ") and edits is not None:
            file = line[3:].strip()
        elif line == "<<<<" and file:
            edits.append(Edit(file, block(lines, "===="), block(lines, ">>>>")))
        elif line.strip() and not line.startswith("#"):
            raise MutantError(f"line {number}: not expected here: {line}")
    for name, its_edits in mutants:
        if not its_edits:
            raise MutantError(f"'{name}' changes nothing")
    names = [name for name, _ in mutants]
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise MutantError(f"twice: {', '.join(sorted(repeated))}")
    return [Mutant(name, tuple(its_edits)) for name, its_edits in mutants]


def block(lines, end):
    """The lines up to `end`, each with its line break."""
    text = ""
    for _, line in lines:
        if line == end:
            return text
        text += line + "\n"
    raise MutantError(f"no {end} before the end")


def apply(mutant, read):
    """{file: its text with the mutant's edits}; read(file) is the text without."""
    texts = {}
    for edit in mutant.edits:
        text = texts.get(edit.file) or read(edit.file)
        times = text.count(edit.old)
        if times != 1:
            raise MutantError(f"'{mutant.name}': its text stands {times} times in {edit.file}")
        texts[edit.file] = text.replace(edit.old, edit.new)
        if texts[edit.file] == text:
            raise MutantError(f"'{mutant.name}' changes nothing in {edit.file}")
    return texts


def read_source(file):
    return (ROOT / file).read_text("utf-8")


def sync(source, target):
    """Makes `target` a copy of the sources; what is the same keeps its time, for the build."""
    wanted = {path.relative_to(source) for path in source.rglob("*")
              if path.is_file() and path.relative_to(source).parts[0] not in LEFT_OUT}
    for path in target.rglob("*"):
        inside = path.relative_to(target)
        if path.is_file() and inside.parts[0] not in LEFT_OUT and inside not in wanted:
            path.unlink()
    for path in wanted:
        old = target / path
        if not old.is_file() or old.read_bytes() != (source / path).read_bytes():
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / path, old)
            old.touch()


def run(*command, timeout=TIMEOUT_SECONDS):
    """(exit code, output); the code is None if it did not end in time."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=timeout, check=False, cwd=WORK)
    except subprocess.TimeoutExpired:
        return None, ""
    return done.returncode, done.stdout


def build(targets):
    code, output = run("cmake", "--build", "--preset", "release", "--target", *targets,
                       timeout=1800)
    if code != 0:
        raise MutantError(f"does not compile:\n{output[-3000:]}")


def test(program, names):
    """(exit code, output) of the tests of a program that a filter of GoogleTest names."""
    return run(f"build/release/tests/{program}", "--gtest_brief=1", f"--gtest_filter={names}")


def passes(program, names):
    return test(program, names)[0] == 0


def found_by_tests(program, names, what):
    """How many of the tests fail, as text; empty if none does."""
    code, output = test(program, names)
    if code == 0:
        return ""
    if code is None:
        return "hangs"
    failed = failed_tests(output)
    return f"{failed} {what}" if failed else "crash"


def failed_tests(output):
    """How many tests GoogleTest says have failed; each has a line with its time."""
    return len(re.findall(r"^\[  FAILED  \] .* \(\d+ ms\)$", output, re.MULTILINE))


def steps_of(output):
    """After how many steps engine_fuzz has found something."""
    match = re.search(r"disagree after (\d+) steps", output)
    return int(match.group(1)) if match else None


def found_by_steps(seeds):
    """The steps that engine_fuzz needs, as text; empty if it finds nothing."""
    needed = []
    for kind in ("standard", "fifo"):
        code, output = run("build/release/bin/engine_fuzz", "--seeds", str(seeds), "--kind", kind)
        if code is None:
            needed.append(f"{kind} hangs")
        elif code != 0:
            steps = steps_of(output)
            needed.append(f"{kind} {steps}" if steps is not None else f"{kind} crash")
    return ", ".join(needed)


class Server:
    """The twinqd of the copy, in memory, on a port that it picks; ends with the `with` block."""

    def __enter__(self):
        self.process = subprocess.Popen([WORK / "build/release/bin/twinqd", "--grpc=127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
        ready = re.match(r"twinqd ready grpc=(\S+)", self.process.stdout.readline())
        if not ready:
            raise MutantError("twinqd does not get ready")
        return ready.group(1)

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()


def load(*arguments):
    """(exit code, output) of twinq-load on a server of its own."""
    with Server() as address:
        return run("build/release/bin/twinq-load", *arguments, "--server", address)


def verdicts_of(output):
    """What twinq-load found, each with how often, as text; only what it tells a story of."""
    found = re.findall(r"^VIOLATION: \w+ queue: (\w+), ([\d,]+) times?\n  \S.*\n    \S", output,
                       re.MULTILINE)
    return ", ".join(f"{verdict} {count}" for verdict, count in found)


def found_by_judge(kind):
    """What the judge finds in a queue of that kind under load, as text; empty for nothing."""
    code, output = load("run", "--kind", kind, "--messages=25000", "--batch=10", "--groups=200",
                        "--lose-ack=0.001", "--retry-send=0.01", "--crash=0.0001", "--seed=1")
    if code is None:
        return "hangs"
    return verdicts_of(output) or ("" if code == 0 else "crash")


SUITES = {
    "engine": Suite(
        HERE / "mutants.txt", ("models_test", "engine_fuzz"),
        lambda: passes("models_test", SMOKE),
        (Finder("recorded rows", lambda _: found_by_tests("models_test", ROWS, "rows")),
         Finder("random steps", found_by_steps))),
    "durability": Suite(
        HERE / "durability_mutants.txt", ("broker_test", "journal_test"),
        lambda: passes("broker_test", "VolatileShardTest.*:BrokerStartTest.*"),
        (Finder("crashes of a shard",
                lambda _: found_by_tests("broker_test", "ShardCrashTest.*", "tests")),
         Finder("crashes of a journal",
                lambda _: found_by_tests("journal_test", "FileJournalCrashTest.*", "tests")))),
    "judge": Suite(
        HERE / "judge_mutants.txt", ("twinqd", "twinq-load"),
        lambda: load("latency", "--messages=20")[0] == 0,
        (Finder("FIFO under load", lambda _: found_by_judge("fifo")),
         Finder("standard under load", lambda _: found_by_judge("standard")))),
}


def judge(suite, mutant, seeds):
    """Builds the mutant and looks who finds it: a text for each finder."""
    texts = apply(mutant, read_source)
    for file, text in texts.items():
        (WORK / file).write_text(text, "utf-8")
    try:
        build(suite.targets)
        if not suite.smoke():
            raise MutantError("the smoke test finds it, so it proves nothing")
        return [finder.look(seeds) for finder in suite.finders]
    except MutantError as error:
        raise MutantError(f"'{mutant.name}': {error}") from error
    finally:
        for file in texts:
            (WORK / file).write_text(read_source(file), "utf-8")


def check_unchanged(suite, seeds):
    """Without a mutant nothing may be found."""
    build(suite.targets)
    if not suite.smoke() or any(finder.look(seeds) for finder in suite.finders):
        raise MutantError("the sources fail without any mutant")


def chosen(mutants, words):
    return [mutant for mutant in mutants if not words or any(word in mutant.name for word in words)]


def run_suite(suite, words, seeds):
    """Judges the chosen mutants, a line each; returns how many there were, and how many survived."""
    mutants = chosen(parse(suite.mutants.read_text("utf-8")), words)
    if not mutants:
        return 0, 0
    check_unchanged(suite, min(seeds, 100))
    survivors = 0
    width = max(len(mutant.name) for mutant in mutants)
    titles = "  ".join(f"{finder.title:20}" for finder in suite.finders)
    print(f"{'mutant':{width}}  {titles}", flush=True)
    for mutant in mutants:
        found = judge(suite, mutant, seeds)
        survivors += not any(found)
        texts = "  ".join(f"{text or '-':20}" for text in found)
        print(f"{mutant.name:{width}}  {texts}{'' if any(found) else 'SURVIVES'}", flush=True)
    return len(mutants), survivors


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="*", help="only mutants whose names contain one of these")
    parser.add_argument("--suite", choices=sorted(SUITES), help="only the mutants of this one")
    parser.add_argument("--seeds", type=int, default=1000, help="of random steps, 1,000 each")
    arguments = parser.parse_args()
    suites = [SUITES[arguments.suite]] if arguments.suite else list(SUITES.values())
    try:
        WORK.mkdir(parents=True, exist_ok=True)
        sync(ROOT, WORK)
        code, output = run("cmake", "--preset", "release", timeout=600)
        if code != 0:
            raise MutantError(output)
        results = [run_suite(suite, arguments.words, arguments.seeds) for suite in suites]
    except MutantError as error:
        sys.exit(f"mutate: {error}")
    survivors = sum(survived for _, survived in results)
    print(f"{sum(count for count, _ in results)} mutants, {survivors} not found")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main()
