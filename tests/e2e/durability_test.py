"""What a data directory keeps when its server ends, in whatever way."""

import os
import pathlib
import re
import stat
import tempfile
import unittest

from actions_test import ask
from programs import Server, run

DAMAGED, NO_DIRECTORY, IN_USE = 65, 73, 75


class DataDirectory(unittest.TestCase):
    def setUp(self):
        self.parent = self.enterContext(tempfile.TemporaryDirectory())
        self.path = str(pathlib.Path(self.parent, "data"))

    def server(self, *arguments):
        return Server(f"--data-dir={self.path}", *arguments)

    def damage(self, text):
        """Changes a bit of the text where the journal has it."""
        for segment in sorted(pathlib.Path(self.path).glob("*.segment")):
            contents = bytearray(segment.read_bytes())
            place = contents.find(text.encode())
            if place >= 0:
                contents[place] ^= 1
                segment.write_bytes(contents)
                return str(segment)
        raise AssertionError(f"no segment holds {text}")


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

        self.assertEqual((done.returncode, done.stdout), (NO_DIRECTORY, ""))
        self.assertIn(f"--data-dir={path}", done.stderr)
        self.assertFalse(os.path.exists(os.path.dirname(path)))

    def test_a_file_is_no_directory(self):
        pathlib.Path(self.path).touch()

        done = run("twinqd", f"--data-dir={self.path}")

        self.assertEqual(done.returncode, NO_DIRECTORY)
        self.assertIn(f"--data-dir={self.path}", done.stderr)

    def test_a_directory_that_cannot_be_written_is_named(self):
        done = run("twinqd", "--data-dir=/proc")  # Where nobody may make files, root included.

        self.assertEqual(done.returncode, NO_DIRECTORY)
        self.assertIn("--data-dir=/proc: create /proc/lock", done.stderr)

    def test_a_second_server_is_refused_and_told_by_whom(self):
        with self.server() as server:
            done = run("twinqd", "--grpc=127.0.0.1:0", f"--data-dir={self.path}")

            self.assertEqual((done.returncode, done.stdout), (IN_USE, ""))
            self.assertIn(f'{self.path} is in use by process {server.process.pid}" exit_code={IN_USE}\n',
                          done.stderr)
            self.assertEqual(server.twinq("queue", "list").returncode, 0)

    def test_what_was_recovered_is_logged(self):
        with self.server() as server:
            server.twinq("queue", "create", "jobs")
            server.twinq("send", "jobs", "12345")
            server.kill()
        with self.server() as server:
            self.assertRegex(server.await_log("event=recovered"),
                             "records=[0-9]+ record_bytes=[0-9]+ seconds=[0-9.]+ "
                             "queues=1 messages=1 message_bytes=5\n")


class Damage(DataDirectory):
    def test_a_torn_tail_is_cut_off_and_said(self):
        with self.server("--durability=interval:60000") as server:
            server.twinq("queue", "create", "jobs")
            server.twinq("send", "jobs", "never-durable")
            server.kill()
        segment = self.damage("never-durable")

        with self.server() as server:
            self.assertRegex(server.await_log("event=cut_off"),
                             f"level=warning event=cut_off bytes=[0-9]+ file={segment} offset=[0-9]+\n")
            self.assertEqual(server.twinq("receive", "jobs").stdout, "")

    def test_damage_before_the_tail_stops_the_start_and_is_named(self):
        with self.server() as server:
            server.twinq("queue", "create", "jobs")
            for body in ("first-body", "second-body"):
                server.twinq("send", "jobs", body)
            server.kill()
        segment = self.damage("first-body")
        before = pathlib.Path(segment).read_bytes()

        done = run("twinqd", "--grpc=127.0.0.1:0", f"--data-dir={self.path}")

        self.assertEqual((done.returncode, done.stdout), (DAMAGED, ""))
        self.assertRegex(done.stderr, f"{segment}.*offset [0-9]+")
        self.assertEqual(pathlib.Path(segment).read_bytes(), before)


class Check(DataDirectory):
    def fill(self):
        with self.server() as server:
            server.twinq("queue", "create", "jobs")
            for body in ("first-body", "second-body"):
                server.twinq("send", "jobs", body)
            server.kill()

    def contents(self):
        return {path.name: path.read_bytes() for path in pathlib.Path(self.path).iterdir()}

    def test_a_sound_journal_is_counted_and_not_changed(self):
        self.fill()
        before = self.contents()

        done = run("twinqd", "check", self.path)

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for line in ("segments  1 of 16777216 bytes", "queues    1", "messages  2 of 21 bytes"):
            self.assertIn(f"{line}\n", done.stdout)
        after = self.contents()
        del before["lock"], after["lock"]  # Names the process.
        self.assertEqual(after, before)

    def test_damage_is_named(self):
        self.fill()
        segment = self.damage("first-body")

        done = run("twinqd", "check", self.path)

        self.assertEqual(done.returncode, DAMAGED)
        self.assertRegex(done.stdout, f"damaged   {segment}.*offset [0-9]+")

    def test_a_journal_in_use_is_left_alone(self):
        with self.server() as server:
            done = run("twinqd", "check", self.path)

            self.assertEqual((done.returncode, done.stdout), (IN_USE, ""))
            self.assertIn(f'in use by process {server.process.pid}" exit_code={IN_USE}\n', done.stderr)

    def test_where_there_is_none_nothing_is_made(self):
        done = run("twinqd", "check", self.path)

        self.assertEqual((done.returncode, done.stdout), (NO_DIRECTORY, ""))
        self.assertIn(self.path, done.stderr)
        self.assertFalse(os.path.exists(self.path))


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

    def test_what_is_in_flight_stays_so_and_its_handle_works(self):
        for kind, group in (("", ()), (".fifo", ("--group", "ada", "--dedup-id", "1"))):
            for end in (end_by_kill, end_by_signal):
                with self.subTest(kind=kind, end=end.__name__):
                    # The name of a deleted queue is taken for a minute.
                    self.assert_in_flight_survives(end.__name__ + kind, group, end)

    def assert_in_flight_survives(self, queue, group, end):
        with self.server() as server:
            server.twinq("queue", "create", queue)
            server.twinq("send", queue, "busy", *group)
            received = server.twinq("receive", queue, "--visibility", "1h")
            handle = re.search(r"handle  (\S+)", received.stdout).group(1)
            # Nobody waits for the delivery of a standard queue to be durable, but for this.
            server.twinq("queue", "create", "other")
            end(server)
        with self.server() as server:
            self.assertEqual(server.twinq("receive", queue).stdout, "")
            deleted = server.twinq("ack", queue, handle)
            self.assertEqual(deleted.returncode, 0, deleted.stderr)
            server.twinq("queue", "delete", queue)

    def test_a_repeated_send_is_still_a_duplicate(self):
        for end in (end_by_kill, end_by_signal):
            with self.subTest(end=end.__name__):
                sending = ("send", "orders.fifo", "once", "--group", "g", "--dedup-id", end.__name__)
                with self.server() as server:
                    server.twinq("queue", "create", "orders.fifo")
                    first = server.twinq(*sending).stdout
                    end(server)
                with self.server() as server:
                    again = server.twinq(*sending).stdout
                    received = server.twinq("receive", "orders.fifo", "--max", "10", "--ack")

                self.assertEqual(again, first)
                self.assertEqual(received.stdout.split().count("once"), 1)

    def test_what_was_purged_or_deleted_stays_away(self):
        for end in (end_by_kill, end_by_signal):
            with self.subTest(end=end.__name__):
                purged, deleted = f"purged-{end.__name__}", f"deleted-{end.__name__}"
                with self.server() as server:
                    for queue in (purged, deleted):
                        server.twinq("queue", "create", queue)
                        server.twinq("send", queue, "a")
                    ask(server, "PurgeQueue", f'queue_url: "{purged}"')
                    server.twinq("queue", "delete", deleted)
                    end(server)
                with self.server() as server:
                    queues = server.twinq("queue", "list").stdout
                    received = server.twinq("receive", purged)

                self.assertIn(purged, queues)
                self.assertNotIn(deleted, queues)
                self.assertEqual(received.stdout, "")


if __name__ == "__main__":
    unittest.main()
