"""twinqd as a process: its command line, what it prints, how it ends."""

import signal
import time
import unittest

from http2_call import UnfinishedCall
from programs import READY, Server, finish, run

DRAIN_SECONDS_MAX = 5
USAGE = 64
SECOND_SIGTERM = 128 + signal.SIGTERM


class CommandLine(unittest.TestCase):
    def test_version_is_name_and_number(self):
        done = run("twinqd", "--version")

        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"\Atwinqd [0-9]+\.[0-9]+\.[0-9]+\n\Z")

    def test_help_names_the_flags(self):
        done = run("twinqd", "--help")

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for flag in ("--grpc", "--data-dir", "--durability", "--disk-reserve", "--log-level", "--help", "--version"):
            self.assertIn(flag, done.stdout)

    def test_a_mistake_is_named_and_nothing_is_served(self):
        for arguments, named in ((["--storage=disk"], ["--storage=disk"]),
                                 (["--grpc=here"], ["--grpc", "here", "ADDRESS:PORT"]),
                                 (["--data-dir=d", "--durability=interval:0"],
                                  ["--durability", "interval:0", "sync", "1 to 60000"]),
                                 (["--data-dir=d", "--disk-reserve=5MB"],
                                  ["--disk-reserve", "5MB", "KiB, MiB or GiB"]),
                                 (["--durability=sync"], ["--durability=sync", "--data-dir=DIR"]),
                                 (["--log-level=loud"], ["--log-level", "loud", "warning"])):
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
