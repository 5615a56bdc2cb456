"""twinqd as a process: its command line, what it prints, how it ends."""

import json
import pathlib
import re
import signal
import tempfile
import time
import unittest

from http2_call import UnfinishedCall
from programs import READY, Server, finish, run

DRAIN_SECONDS_MAX = 5
USAGE = 64
SECOND_SIGTERM = 128 + signal.SIGTERM

SETTINGS = ("config", "grpc", "metrics", "data-dir", "durability", "disk-reserve", "journal-slack",
            "memory-max", "transit-max", "streams-max", "log-level", "log-format")


class CommandLine(unittest.TestCase):
    def test_version_is_name_and_number(self):
        done = run("twinqd", "--version")

        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"\Atwinqd [0-9]+\.[0-9]+\.[0-9]+\n\Z")

    def test_help_names_the_flags(self):
        done = run("twinqd", "--help")

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for setting in SETTINGS:
            self.assertIn(f"--{setting} ", done.stdout)
        for flag in ("--print-config", "--help", "--version"):
            self.assertIn(flag, done.stdout)

    def test_a_mistake_is_named_and_nothing_is_served(self):
        for arguments, named in ((["--storage=disk"], ["--storage=disk"]),
                                 (["--grpc=here"], ["--grpc", "here", "ADDRESS:PORT"]),
                                 (["--metrics=here"], ["--metrics", "here", "ADDRESS:PORT"]),
                                 (["--data-dir=d", "--durability=interval:0"],
                                  ["--durability", "interval:0", "sync", "1 to 60000"]),
                                 (["--data-dir=d", "--disk-reserve=5MB"],
                                  ["--disk-reserve", "5MB", "KiB, MiB or GiB"]),
                                 (["--durability=sync"], ["--durability=sync", "--data-dir=DIR"]),
                                 (["--log-level=loud"], ["--log-level", "loud", "warning"]),
                                 (["--data-dri=d"], ["--data-dri", "the nearest is --data-dir"])):
            with self.subTest(arguments):
                done = run("twinqd", *arguments)

                self.assertEqual((done.returncode, done.stdout), (USAGE, ""))
                for word in named:
                    self.assertIn(word, done.stderr)

    def test_an_occupied_port_is_a_clear_error(self):
        with Server() as server:
            done = run("twinqd", f"--grpc={server.address}")

        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn(f'event=failed reason="cannot listen on --grpc={server.address}" exit_code=1\n',
                      done.stderr)
        self.assertNotIn("CompletionQueue", done.stderr)


class Settings(unittest.TestCase):
    def setUp(self):
        self.parent = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.data = self.parent / "data"
        self.file = self.parent / "twinq.conf"

    def test_each_is_shown_with_its_value_and_its_origin(self):
        self.file.write_text(f"# Ours.\ndata-dir = {self.data}\nlog-level = debug\ngrpc = a:1\n",
                             encoding="utf-8")

        done = run("twinqd", "--print-config", "--log-level", "error",
                   environment={"TWINQ_CONFIG": str(self.file), "TWINQ_GRPC": "a:2"})

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = [tuple(line.split("  # ")) for line in done.stdout.splitlines()]
        self.assertEqual([(setting.rstrip(), origin) for setting, origin in lines],
                         [(f"# config = {self.file}", "environment TWINQ_CONFIG"),
                          ("grpc = a:2", "environment TWINQ_GRPC"),
                          ("# metrics = (none)", "default"),
                          (f"data-dir = {self.data}", f"{self.file}:2"),
                          ("# durability = sync", "default"),
                          ("# disk-reserve = 32MiB", "default"),
                          ("# journal-slack = 64MiB", "default"),
                          ("# memory-max = 75%", "default"),
                          ("# transit-max = 12%", "default"),
                          ("# streams-max = 10000", "default"),
                          ("log-level = error", "command line"),
                          ("# log-format = text", "default")])
        self.assertFalse(self.data.exists())

    def test_a_server_runs_by_what_the_file_and_the_environment_say(self):
        self.file.write_text(f"data-dir = {self.data}\ndurability = interval:20\n", encoding="utf-8")

        with Server(f"--config={self.file}", environment={"TWINQ_LOG_FORMAT": "json"}) as server:
            self.assertEqual(server.storage, f"{self.data} durability=interval:20")
            self.assertEqual(json.loads(server.process.stderr.readline())["event"], "starting")

    def test_a_mistake_anywhere_is_named_and_nothing_is_touched(self):
        for contents, environment, named in (
                ("grpc = here", {}, [f"{self.file}:1", "--grpc", "'here'", "ADDRESS:PORT"]),
                ("data_dir = d", {}, [f"{self.file}:1", "data_dir", "the nearest is data-dir"]),
                ("", {"TWINQ_DURABILITY": "fast"},
                 ["--durability", "environment TWINQ_DURABILITY", "'fast'", "1 to 60000"]),
                ("", {"TWINQ_DATADIR": "d"}, ["TWINQ_DATADIR", "the nearest is TWINQ_DATA_DIR"])):
            with self.subTest(contents=contents, environment=environment):
                self.file.write_text(contents, encoding="utf-8")

                done = run("twinqd", f"--data-dir={self.data}", f"--config={self.file}",
                           environment=environment)

                self.assertEqual((done.returncode, done.stdout), (USAGE, ""))
                for word in named:
                    self.assertIn(word, done.stderr)
                self.assertFalse(self.data.exists())

    def test_a_file_that_is_not_there_is_named(self):
        done = run("twinqd", f"--config={self.file}")

        self.assertEqual((done.returncode, done.stdout), (USAGE, ""))
        self.assertIn(f"--config={self.file}", done.stderr)


class Documentation(unittest.TestCase):
    def test_its_table_has_every_setting_with_variable_and_default(self):
        text = pathlib.Path(__file__, "../../../docs/operations.md").resolve().read_text(encoding="utf-8")
        rows = re.findall(r"^\| `--([a-z-]+)` \| `(TWINQ_[A-Z_]+)` \| (?:`(.+?)`|none) \|", text,
                          flags=re.MULTILINE)
        shown = re.findall(r"^# ([a-z-]+) = (\S+)", run("twinqd", "--print-config").stdout,
                           flags=re.MULTILINE)

        self.assertEqual([(name, default or "(none)") for name, _, default in rows], shown)
        self.assertEqual([variable for _, variable, _ in rows],
                         ["TWINQ_" + name.upper().replace("-", "_") for name, _ in shown])


class Output(unittest.TestCase):
    def test_standard_output_has_the_ready_line_and_nothing_else(self):
        with Server("--log-level=debug") as server:
            self.assertRegex(server.ready_line, READY)
            self.assertEqual(server.storage, "memory")
            server.twinq("queue", "create", "jobs")
            server.terminate()
            rest, log = finish(server.process)

        self.assertEqual(rest, "")
        for event in ("starting", "ready", "ending", "stopped"):
            self.assertIn(f" event={event} ", log)

    def test_every_line_of_the_log_is_a_json_object_if_asked_for(self):
        with tempfile.TemporaryDirectory() as parent:
            path = str(pathlib.Path(parent, 'a "b"\nc=d'))
            with Server("--log-format=json", f"--data-dir={path}", "--durability=interval:20") as server:
                server.terminate()
                _, log = finish(server.process)

        events = [json.loads(line) for line in log.splitlines()]
        for event in events:
            self.assertRegex(event["time"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z")
            self.assertEqual(event["level"], "info")
        facts = {event["event"]: event for event in events}
        self.assertEqual(list(facts), ["starting", "recovered", "ready", "ending", "stopped"])
        self.assertEqual(facts["recovered"]["messages"], 0)
        self.assertEqual((facts["ready"]["grpc"], facts["ready"]["storage"],
                          facts["ready"]["durability"]), (server.address, path, "interval:20"))
        self.assertEqual(facts["ending"]["reason"], "SIGTERM")
        self.assertEqual(facts["stopped"]["exit_code"], 0)

    def test_at_level_error_a_clean_run_logs_nothing(self):
        with Server("--log-level=error") as server:
            server.twinq("queue", "create", "jobs")
            server.terminate()

            self.assertEqual(finish(server.process), ("", ""))


class End(unittest.TestCase):
    def assert_ends_cleanly_in_time(self, server):
        started = time.monotonic()
        server.process.wait(timeout=60)

        self.assertEqual(server.process.returncode, 0)
        self.assertLess(time.monotonic() - started, DRAIN_SECONDS_MAX)

    def test_either_signal_ends_an_idle_server(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number), Server() as server:
                server.process.send_signal(number)

                self.assert_ends_cleanly_in_time(server)

    # Whether the poll has begun to wait cannot be seen from outside; one that comes too late is refused,
    # and says nothing about polls in progress.
    def test_long_polls_in_progress_are_answered_empty(self):
        for _ in range(10):
            with Server() as server:
                server.twinq("queue", "create", "jobs")
                poll = server.start_twinq("receive", "jobs", "--wait", "20s")
                server.twinq("queue", "list")
                server.terminate()
                self.assert_ends_cleanly_in_time(server)
                output, errors = finish(poll)
            if poll.returncode == 4:
                self.assertEqual((output, errors), ("", ""))
                return
            self.assertIn(poll.returncode, (1, 3), errors)
        self.fail(f"no poll was answered empty: {errors}")

    def test_a_call_that_never_ends_does_not_hold_up_the_server(self):
        with Server() as server:
            with UnfinishedCall(server.address, "/twinq.v1.QueueService/SendMessage"):
                server.terminate()

                self.assert_ends_cleanly_in_time(server)

    def test_a_second_signal_ends_the_server_at_once(self):
        with Server() as server:
            with UnfinishedCall(server.address, "/twinq.v1.QueueService/SendMessage"):
                server.terminate()
                server.await_log("event=ending reason=SIGTERM")
                server.terminate()
                server.process.wait(timeout=60)

        self.assertEqual(server.process.returncode, SECOND_SIGTERM)

    def test_the_message_of_a_killed_poll_goes_to_the_next(self):
        with Server() as server:
            server.twinq("queue", "create", "jobs")
            killed = server.start_twinq("receive", "jobs", "--wait", "20s")
            server.twinq("queue", "list")
            killed.kill()
            finish(killed)
            server.twinq("send", "jobs", "a")

            received = server.twinq("receive", "jobs", "--wait", "20s")

            self.assertEqual(received.returncode, 0)
            self.assertEqual(received.stdout.splitlines()[0], "a")


if __name__ == "__main__":
    unittest.main()
