"""A server whose disk fails or hangs: what clients hear, and how it ends."""

import os
import pathlib
import tempfile
import time
import unittest

from programs import Server, finish

DISK_HUNG, DISK_FAILED = 70, 74
EXIT_SECONDS_MAX = 6  # 5, and what a busy machine adds.


class FaultyDisk(unittest.TestCase):
    def setUp(self):
        parent = self.enterContext(tempfile.TemporaryDirectory())
        self.path = str(pathlib.Path(parent, "data"))
        self.fault = pathlib.Path(parent, "fault")
        self.fault.touch()
        self.hangs = f"{self.fault}.hangs"
        os.mkfifo(self.hangs)

    def server(self, *arguments):
        environment = {"LD_PRELOAD": os.environ["TWINQ_FAULTY_DISK"],
                       "TWINQ_FAULT": str(self.fault)}
        return Server(f"--data-dir={self.path}", *arguments, environment=environment)

    def break_disk(self, fault):
        # In one step: a server that reads meanwhile finds the old text or the new one.
        new = self.fault.with_suffix(".new")
        new.write_text(fault + "\n", encoding="utf-8")
        os.replace(new, self.fault)

    def assert_ends_in_time(self, server, code):
        started = time.monotonic()
        server.process.wait(timeout=60)

        self.assertEqual(server.process.returncode, code)
        self.assertLess(time.monotonic() - started, EXIT_SECONDS_MAX)

    def test_a_failed_sync_ends_the_server_and_a_restart_recovers(self):
        with self.server() as server:
            server.twinq("queue", "create", "jobs")
            server.twinq("send", "jobs", "acknowledged")
            self.break_disk("sync fails")

            sent = server.twinq("send", "jobs", "unknown")

            self.assertNotEqual(sent.returncode, 0)
            self.assertIn("Whether it took effect is unknown", sent.stderr)
            self.assert_ends_in_time(server, DISK_FAILED)
            _, log = finish(server.process)
            self.assertIn("the disk has failed", log)
            self.assertIn("Input/output error", log)

        self.break_disk("")
        with self.server() as server:
            received = server.twinq("receive", "jobs", "--max", "10")
            self.assertIn("acknowledged", received.stdout.split())

    def test_a_full_disk_refuses_what_grows_until_there_is_room_again(self):
        with self.server("--disk-reserve=1MiB") as server:
            server.twinq("queue", "create", "jobs")
            server.twinq("send", "jobs", "a")
            self.break_disk("full")
            self.send_until(server, "reserve of 1048576 bytes")

            created = server.twinq("queue", "create", "other")
            self.assertNotEqual(created.returncode, 0)
            self.assertIn("reserve of 1048576 bytes", created.stderr)
            received = server.twinq("receive", "jobs", "--ack")
            self.assertIn("deleted", received.stdout)
            server.await_log("event=sends_refused free_bytes=0 reserve_bytes=1048576")

            self.break_disk("")
            self.send_until(server, "")
            server.await_log("event=sends_taken_again")
            self.assertEqual(server.twinq("queue", "create", "other").returncode, 0)

    def send_until(self, server, error):
        """The volume is asked about once a second: sends until that has been seen."""
        for _ in range(10_000):
            sent = server.twinq("send", "jobs", "b")
            if (error in sent.stderr) if error else sent.returncode == 0:
                return
        self.fail(f"never: {error}")

    def test_a_failed_sync_behind_the_replies_ends_the_server_too(self):
        with self.server("--durability=interval:1") as server:
            server.twinq("queue", "create", "jobs")
            self.break_disk("sync fails")

            server.twinq("send", "jobs", "a")

            self.assert_ends_in_time(server, DISK_FAILED)

    def test_a_disk_that_fails_at_the_last_sync_is_no_clean_end(self):
        with self.server("--durability=interval:60000") as server:
            server.twinq("queue", "create", "jobs")
            self.break_disk("sync fails")
            server.terminate()

            self.assert_ends_in_time(server, DISK_FAILED)

    def test_a_disk_that_hangs_does_not_hold_up_the_end(self):
        for level in ("sync", "interval:1"):
            with self.subTest(level), self.server(f"--durability={level}") as server:
                server.twinq("queue", "create", "jobs")
                self.break_disk("sync hangs")
                sender = server.start_twinq("send", "jobs", "a")
                pathlib.Path(self.hangs).read_bytes()  # Comes to its end once a sync hangs.
                server.terminate()

                self.assert_ends_in_time(server, DISK_HUNG)
                finish(sender)
                self.break_disk("")


if __name__ == "__main__":
    unittest.main()
