"""Other queue servers of Debian's, each started on a free port with a folder of its own."""

import contextlib
import shutil
import socket
import subprocess
import time

START_SECONDS = 10
STARTS = 5  # Somebody else may take the port that was free.


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _redis(port, folder, is_durable):
    kept = ["--appendonly", "yes", "--appendfsync", "always"] if is_durable else [
        "--appendonly", "no"]
    return ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder,
            *kept]


def _beanstalkd(port, folder, is_durable):
    kept = ["-b", folder, "-f0"] if is_durable else []
    return ["beanstalkd", "-l", "127.0.0.1", "-p", port, *kept]


# What bench_peers calls it: name in the table, command.
PEERS = {"redis_list": ("Redis, list", _redis), "beanstalk": ("beanstalkd", _beanstalkd)}


def is_installed(dialect):
    return shutil.which(PEERS[dialect][1](0, "", False)[0]) is not None


def versions():
    """What the conditions say of each: a version, or that there is none."""
    found = {}
    for program, option in (("redis-server", "--version"), ("beanstalkd", "-v")):
        found[program] = "not installed"
        if shutil.which(program):
            done = subprocess.run([program, option], capture_output=True, text=True, timeout=10,
                                  check=False)
            words = [word.removeprefix("v=") for word in done.stdout.split()]
            found[program] = next((word for word in words if word[:1].isdigit()), "unknown")
    return found


def _answers(process, port):
    """Whether it takes connections before it ends or its time is over."""
    give_up = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < give_up:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        time.sleep(0.01)
    return False


def _stop(process):
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def peer(dialect, folder, is_durable):
    """Runs a server while the block runs; gives its pid and port. The folder is its own."""
    for _ in range(STARTS):
        port = _free_port()
        folder.mkdir()
        command = [str(part) for part in PEERS[dialect][1](port, folder, is_durable)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            if _answers(process, port):
                yield process.pid, port
                return
        finally:
            _stop(process)
            shutil.rmtree(folder)
    raise RuntimeError(f"{command[0]} did not start, {STARTS} times")
