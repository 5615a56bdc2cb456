"""Runs a transcript: a Markdown file whose blocks of ```console hold commands behind "$ " (and, for
the lines that follow, "> ") with what they print below them. Every command is run, all in one shell,
on the real programs; what differs on each run is given a constant look.

    tour.py FILE    puts in what the commands print now
"""

import os
import pathlib
import re
import select
import signal
import subprocess
import sys
import tempfile

from programs import PATIENCE_SECONDS, READY, environment_with

# Commands end with a zero byte, and so does the output of each.
SHELL = r"""
restore() { return "$1"; }
status=0
while IFS= read -r -d "" command <&3; do
  restore "$status"
  eval "$command" </dev/null 3<&-
  status=$?
  printf "\0"
done
"""

BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ .*\n(?:> .*\n)*", re.MULTILINE)
# The server's ports in the transcript; on a run it picks its own.
GRPC, METRICS = "127.0.0.1:9323", "127.0.0.1:9324"
HOME = "/home/ada"


class Masks:
    """Replaces what another run has otherwise, so that the same thing always looks the same, and
    back, so that a command can name what was printed."""

    CONSTANT = (
        (re.compile(r"^(uptime +).*", re.MULTILINE), r"\g<1>1m30s"),
        (re.compile(r"^(memory max +)\d+", re.MULTILINE), r"\g<1>5900"),
        (re.compile(r"^(  oldest ) +\d+[0-9hms]*", re.MULTILINE), r"\g<1>          2s"),
        (re.compile(r"\b1[0-9]{12}\b"), "1767225600000"),
    )
    NUMBERED = (
        (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"),
         "0e5f2c1a-7b9d-4c3e-8f6a-{:012}"),
        (re.compile(r"\b[0-9]{20}\b"), "1844{:016}"),
        (re.compile(r"\b[A-Za-z0-9+/_-]{60,}=*"), "AQEBreceipthandle{:04}"),
    )

    def __init__(self):
        self.seen = {}

    def apply(self, text):
        for pattern, replacement in self.CONSTANT:
            text = pattern.sub(replacement, text)
        for pattern, form in self.NUMBERED:
            seen = self.seen.setdefault(pattern, {})
            text = pattern.sub(
                lambda match: form.format(seen.setdefault(match.group(), len(seen) + 1)), text)
        return text

    def reveal(self, command):
        for pattern, form in self.NUMBERED:
            for real, number in self.seen.get(pattern, {}).items():
                command = command.replace(form.format(number), real)
        return command


class Session:
    """A shell in a folder of its own, with the programs; ends, with all it has started, at the end
    of the `with` block."""

    def __init__(self, folder):
        self.folder = folder
        self.masks = Masks()
        self.addresses = {GRPC: "127.0.0.1:0", METRICS: "127.0.0.1:0"}
        commands, self.commands = os.pipe()
        path = f"{os.environ['TWINQ_PROGRAMS']}:{os.environ['PATH']}"
        self.process = subprocess.Popen(
            ["bash", "--norc", "-c", f"exec 3<&{commands}\n{SHELL}"], pass_fds=[commands],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,
            env=environment_with({"PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8",
                                  "TWINQ_GRPC": self.addresses[GRPC]}))
        os.close(commands)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=PATIENCE_SECONDS)
        os.close(self.commands)

    def run(self, command):
        """What the command prints, masked. One that starts a server is waited for until it serves."""
        command = self.masks.reveal(command)
        for shown, real in self.addresses.items():
            command = command.replace(shown, real)
        os.write(self.commands, command.encode() + b"\0")
        starts_server = command.startswith("twinqd")
        output = b""
        while b"\0" not in output or (starts_server and b"twinqd ready" not in output):
            if not select.select([self.process.stdout], [], [], PATIENCE_SECONDS)[0]:
                raise AssertionError(f"does not end: {command}\nafter: {output.decode()}")
            output += os.read(self.process.stdout.fileno(), 65536)
        text = output.replace(b"\0", b"").decode()
        if starts_server:
            self.learn_addresses(text)
        for shown, real in self.addresses.items():
            text = text.replace(real, shown)
        return self.masks.apply(text.replace(str(self.folder), HOME))

    def learn_addresses(self, text):
        grpc, metrics, _ = READY.search(text).groups()
        if self.addresses[GRPC] != grpc:
            self.addresses = {GRPC: grpc, METRICS: metrics}
            self.run(f"export TWINQ_GRPC={grpc} TWINQ_SERVER={grpc}")


def run_block(session, block):
    """The block as it is when its commands are run now."""
    lines = []
    for command in COMMAND.findall(block):
        typed = "\n".join(line[2:] for line in command.splitlines())
        lines.append(command + session.run(typed))
    return "".join(lines)


def run_transcript(text):
    """The text with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder, Session(pathlib.Path(folder)) as session:
        return BLOCK.sub(lambda match: run_block(session, match.group()), text)


if __name__ == "__main__":
    file = pathlib.Path(sys.argv[1])
    file.write_text(run_transcript(file.read_text("utf-8")), "utf-8")
