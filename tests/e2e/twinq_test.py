"""A message's way through both kinds of queue with the command-line client."""

import json
import re
import subprocess
import tempfile
import unittest

from programs import PATIENCE_SECONDS, Server, finish, run

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


class WithServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())

    def ask(self, *arguments, typed=""):
        """What a command that must succeed prints."""
        done = self.server.twinq(*arguments, typed=typed)
        self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
        return done.stdout


class Queues(WithServer):
    def test_are_created_listed_and_deleted(self):
        url = self.ask("queue", "create", "listed")
        self.assertEqual(url, f"http://{self.server.address}/000000000000/listed\n")
        self.ask("queue", "create", "listed.fifo")
        self.assertEqual(self.ask("queue", "list", "listed", "--output=raw"), "listed\nlisted.fifo\n")

        self.ask("queue", "delete", url.strip())
        self.ask("queue", "delete", "listed.fifo")

        self.assertEqual(self.ask("queue", "list", "listed", "--output=raw"), "")

    def test_are_listed_with_kinds_and_depths(self):
        self.ask("queue", "create", "deep")
        self.ask("queue", "create", "deep.fifo")
        self.ask("send", "deep", "a")
        self.ask("send", "deep", "b", "--delay", "15m")

        lines = [line.split() for line in self.ask("queue", "list", "deep").splitlines()]
        objects = [json.loads(line)
                   for line in self.ask("queue", "list", "deep", "--output=json").splitlines()]

        self.assertEqual(lines[1:], [["deep", "standard", "1", "0", "1"],
                                     ["deep.fifo", "FIFO", "0", "0", "0"]])
        self.assertEqual([(o["QueueName"], o["Kind"], o["Stats"]["Visible"]) for o in objects],
                         [("deep", "standard", 1), ("deep.fifo", "fifo", 0)])

    def test_are_shown_with_what_differs_from_the_default(self):
        self.ask("queue", "create", "shown", "VisibilityTimeout=60")
        self.ask("queue", "set", "shown", "DelaySeconds=5", "VisibilityTimeout=61")

        text = self.ask("queue", "show", "shown")
        attributes = json.loads(self.ask("queue", "show", "shown", "--output=json"))["Attributes"]

        self.assertIn("  VisibilityTimeout = 61  (default 30)\n", text)
        self.assertIn("  DelaySeconds = 5  (default 0)\n", text)
        self.assertEqual(text.count(" = "), 2)
        self.assertEqual(attributes["VisibilityTimeout"], "61")
        self.assertIn("VisibilityTimeout=61\n", self.ask("queue", "show", "shown", "--output=raw"))

    def test_are_purged(self):
        self.ask("queue", "create", "purged")
        self.ask("send", "purged", "a")

        self.assertEqual(self.ask("queue", "purge", "purged"), "")

        self.assertEqual(self.server.twinq("receive", "purged").returncode, 4)

    def test_a_bad_setting_is_refused_with_its_name(self):
        done = self.server.twinq("queue", "create", "bad", "Colour=red")

        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("Colour", done.stderr)

    def test_that_do_not_exist_are_refused_with_the_next_step(self):
        done = self.server.twinq("send", "nowhere", "a")

        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("The specified queue does not exist.", done.stderr)
        self.assertIn("twinq queue create", done.stderr)


class Messages(WithServer):
    def test_are_gone_only_after_their_ack(self):
        self.ask("queue", "create", "jobs")
        self.assertRegex(self.ask("send", "jobs", "resize 42"), rf"\A{UUID}\n\Z")

        received = self.ask("receive", "jobs", "--visibility", "0s")
        again = self.ask("receive", "jobs", "--wait", "20s")
        handle = re.search(r"^  handle  (\S+)$", again, re.MULTILINE).group(1)

        self.assertEqual(received.splitlines()[0], "resize 42")
        self.assertEqual(again.splitlines()[:2], received.splitlines()[:2])
        self.assertEqual(self.ask("ack", "jobs", handle), "")
        self.assertEqual(self.ask("ack", "jobs", handle), "")
        self.assertEqual(self.server.twinq("receive", "jobs").returncode, 4)

    def test_of_a_fifo_group_come_in_order_and_duplicates_once(self):
        self.ask("queue", "create", "orders.fifo")
        first = self.ask("send", "orders.fifo", "1", "--group", "g", "--dedup-id", "d1")
        second = self.ask("send", "orders.fifo", "2", "--group", "g", "--dedup-id", "d2")
        repeated = self.ask("send", "orders.fifo", "1", "--group", "g", "--dedup-id", "d1")

        self.assertEqual(repeated, first)
        self.assertRegex(first, rf"\A{UUID} sequence [0-9]{{20}}\n\Z")
        self.assertLess(first.split()[-1], second.split()[-1])
        self.assertEqual(self.ask("receive", "orders.fifo", "--ack").splitlines()[0], "1")
        self.assertEqual(self.ask("receive", "orders.fifo", "--ack").splitlines()[0], "2")
        self.assertEqual(self.server.twinq("receive", "orders.fifo").returncode, 4)

    def test_carry_attributes(self):
        self.ask("queue", "create", "carrying")
        self.ask("send", "carrying", "a", "--attribute", "color=red", "--attribute", "n:Number=5")

        message = json.loads(self.ask("receive", "carrying", "--output=json"))

        self.assertEqual(message["Body"], "a")
        self.assertEqual(message["Attributes"]["ApproximateReceiveCount"], "1")
        self.assertEqual(message["MessageAttributes"],
                         {"color": {"DataType": "String", "StringValue": "red"},
                          "n": {"DataType": "Number", "StringValue": "5"}})

    def test_are_kept_longer_and_given_back(self):
        self.ask("queue", "create", "held")
        self.ask("send", "held", "a")
        handle = json.loads(self.ask("receive", "held", "--visibility=1s", "--output=json"))["ReceiptHandle"]

        self.assertEqual(self.ask("extend", "held", handle, "--for", "10m"), "")
        self.assertEqual(self.server.twinq("receive", "held", "--wait", "2s").returncode, 4)
        self.assertEqual(self.ask("release", "held", handle), "")

        self.assertEqual(self.ask("receive", "held", "--output=raw"), "a\n")

    def test_are_the_lines_of_the_input(self):
        self.ask("queue", "create", "lines.fifo", "ContentBasedDeduplication=true")
        lines = "".join(f"line {number}\n" for number in range(25))

        self.assertEqual(self.ask("send", "lines.fifo", "--group=g", typed=lines + "last"),
                         "sent 26 messages\n")

        received = "".join(self.ask("receive", "lines.fifo", "--max=10", "--ack", "--output=raw")
                           for _ in range(3))
        self.assertEqual(received, lines + "last\n")

    def test_lines_that_are_refused_are_named_and_the_others_sent(self):
        self.ask("queue", "create", "some")

        done = self.server.twinq("send", "some", typed="good\n\0bad\ngood\n")

        self.assertEqual((done.returncode, done.stdout), (1, "sent 2 messages\n"))
        self.assertIn("line 2: ", done.stderr)

    def test_can_be_a_file(self):
        self.ask("queue", "create", "files")
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("two\nlines")
            file.flush()
            self.ask("send", "files", "--file", file.name)

        self.assertEqual(self.ask("receive", "files", "--output=raw"), "two\nlines\n")

    def test_with_a_garbage_handle_are_refused(self):
        self.ask("queue", "create", "handles")

        done = self.server.twinq("ack", "handles", "garbage")

        self.assertEqual(done.returncode, 1)
        self.assertIn('The input receipt handle "garbage" is not a valid receipt handle.',
                      done.stderr)


class Following(unittest.TestCase):
    def test_goes_on_over_a_restart_of_the_server(self):
        with tempfile.TemporaryDirectory() as data:
            with Server("--data-dir", data) as first:
                first.twinq("queue", "create", "followed")
                first.twinq("send", "followed", "one")
                follower = first.start_twinq("receive", "followed", "--follow", "--ack",
                                             "--output=raw")
                self.addCleanup(finish, follower)
                self.addCleanup(follower.terminate)
                self.assertEqual(follower.stdout.readline(), "one\n")
                address = first.address
                first.terminate()
                first.process.wait(timeout=PATIENCE_SECONDS)
            self.assertIn("waiting for it", follower.stderr.readline())

            with Server("--data-dir", data, grpc=address) as second:
                second.twinq("send", "followed", "two")
                self.assertEqual(follower.stdout.readline(), "two\n")


class SendingLines(unittest.TestCase):
    def test_goes_on_over_a_crash_of_the_server_without_a_gap_or_a_duplicate(self):
        with tempfile.TemporaryDirectory() as data:
            with Server("--data-dir", data) as first:
                first.twinq("queue", "create", "lines.fifo", "ContentBasedDeduplication=true")
                sender = first.start_twinq("send", "lines.fifo", "--group=g", stdin=subprocess.PIPE)
                self.addCleanup(sender.kill)
                sender.stdin.write("".join(f"{number}\n" for number in range(300)))
                sender.stdin.flush()
                address = first.address
                while not first.twinq("receive", "lines.fifo", "--visibility=0s").stdout:
                    pass
                first.kill()

            with Server("--data-dir", data, grpc=address) as second:
                out, error = sender.communicate("".join(f"{number}\n" for number in range(300, 400)),
                                                timeout=PATIENCE_SECONDS)
                self.assertEqual((sender.returncode, out, error), (0, "sent 400 messages\n", ""))
                received = []
                while batch := second.twinq("receive", "lines.fifo", "--max=10", "--ack",
                                            "--output=raw").stdout.split():
                    received += batch

        self.assertEqual(received, [str(number) for number in range(400)])


class ServerItself(WithServer):
    def test_is_described(self):
        self.assertIn("storage     memory\n", self.ask("server"))
        described = json.loads(self.ask("server", "--output=json"))
        self.assertEqual((described["Storage"], described["GrpcAddress"]),
                         ("memory", self.server.address))


class WithoutServer(unittest.TestCase):
    def test_the_client_says_how_to_start_one(self):
        # Nothing ever listens on port 1 of the loopback.
        done = run("twinq", "--server", "127.0.0.1:1", "queue", "list")

        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("no server at 127.0.0.1:1", done.stderr)

    def test_a_wrong_command_line_is_told_apart(self):
        self.assertEqual(run("twinq", "fly").returncode, 2)


if __name__ == "__main__":
    unittest.main()
