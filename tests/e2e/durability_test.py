"""What a data directory keeps when its server ends, in whatever way."""

import os
import pathlib
import stat
import tempfile
import unittest

from programs import Server, finish, run


class DataDirectory(unittest.TestCase):
    def setUp(self):
        self.parent = self.enterContext(tempfile.TemporaryDirectory())
        self.path = str(pathlib.Path(self.parent, "data"))

    def server(self, *arguments):
        return Server(f"--data-dir={self.path}", *arguments)


class Start(DataDirectory):
    def test_the_ready_line_names_the_directory_and_the_level(self):
        with self.server() as server:
            self.assertEqual(server.storage, f"{self.path} durability=sync")

    def test_the_interval_is_shown(self):
        with self.server("--durability=interval:20") as server:
            self.assertEqual(server.storage, f"{self.path} durability=interval:20")

    def test_only_its_owner_may_look_into_a_directory_that_was_made(self):
        with self.server():
            self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o700)

    def test_a_directory_that_cannot_be_made_is_named(self):
        path = str(pathlib.Path(self.parent, "missing", "data"))

        done = run("twinqd", f"--data-dir={path}")

        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stdout, "")
        self.assertIn(f"--data-dir={path}", done.stderr)
        self.assertFalse(os.path.exists(os.path.dirname(path)))

    def test_a_file_is_no_directory(self):
        pathlib.Path(self.path).touch()

        done = run("twinqd", f"--data-dir={self.path}")

        self.assertNotEqual(done.returncode, 0)
        self.assertIn(f"--data-dir={self.path}", done.stderr)


def end_by_kill(server):
    server.kill()


def end_by_signal(server):
    server.terminate()
    server.process.wait(timeout=60)


class Restart(DataDirectory):
    def test_what_was_acknowledged_is_there_again(self):
        # The interval is longer than the test: what is found was only written.
        for level in ("sync", "interval:60000"):
            for end in (end_by_kill, end_by_signal):
                for queue, group in (("jobs", ()), ("orders.fifo", ("--group", "ada"))):
                    with self.subTest(level=level, end=end.__name__, queue=queue):
                        self.assert_survives(level, end, queue, group)

    def assert_survives(self, level, end, queue, group):
        with self.server(f"--durability={level}") as server:
            server.twinq("queue", "create", queue)
            for body in ("one", "two"):
                dedup = ("--dedup-id", f"{level}:{end.__name__}:{body}") if group else ()
                sent = server.twinq("send", queue, body, *group, *dedup)
                self.assertEqual(sent.returncode, 0, sent.stderr)
            end(server)
        with self.server(f"--durability={level}") as server:
            received = server.twinq("receive", queue, "--max", "10", "--ack")

        bodies = received.stdout.split()
        self.assertIn("one", bodies)
        self.assertIn("two", bodies)


if __name__ == "__main__":
    unittest.main()
