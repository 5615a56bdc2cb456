"""The programs under test, found in the folder that TWINQ_PROGRAMS names."""

import os
import pathlib
import re
import signal
import subprocess

# Far more than anything here takes: only so that a test which hangs fails.
PATIENCE_SECONDS = 60

ADDRESS = r"127\.0\.0\.1:[1-9][0-9]*"
READY = re.compile(rf"twinqd ready grpc=({ADDRESS})(?: metrics=({ADDRESS}))? storage=(.+)\n")


def path_of(program):
    return str(pathlib.Path(os.environ["TWINQ_PROGRAMS"], program))


def environment_with(variables):
    """This process's, less the settings of its own that the programs would read."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TWINQ_")}
    return {**ours, **(variables or {})}


def run(program, *arguments, environment=None, typed=""):
    """Runs a program to its end: returncode, stdout and stderr as text."""
    return subprocess.run([path_of(program), *arguments], input=typed, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
                          env=environment_with(environment))


def start(program, *arguments, environment=None, stdin=subprocess.DEVNULL):
    return subprocess.Popen([path_of(program), *arguments], stdin=stdin,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=environment_with(environment))


def finish(process):
    """Waits for the end: what it has printed on stdout and stderr since they were last read."""
    return process.communicate(timeout=PATIENCE_SECONDS)


class Server:
    """A twinqd on a port that it picks, ready; ends with the `with` block if not before."""

    def __init__(self, *arguments, grpc="127.0.0.1:0", environment=None):
        self.process = start("twinqd", f"--grpc={grpc}", *arguments, environment=environment)
        self.ready_line = self.process.stdout.readline()
        ready = READY.fullmatch(self.ready_line)
        self.address, self.metrics, self.storage = ready.groups() if ready else (None, None, None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        finish(self.process)

    def kill(self):
        """Ends the process as a crash does: nothing more is written, nobody is told."""
        self.process.kill()
        self.process.wait(timeout=PATIENCE_SECONDS)

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def await_log(self, text):
        """Reads standard error up to the line with this text, and returns it."""
        for line in self.process.stderr:
            if text in line:
                return line
        raise AssertionError(f"twinqd ended without logging: {text}")

    def twinq(self, *arguments, typed=""):
        return run("twinq", "--server", self.address, *arguments, typed=typed)

    def start_twinq(self, *arguments, stdin=subprocess.DEVNULL):
        return start("twinq", "--server", self.address, *arguments, stdin=stdin)
