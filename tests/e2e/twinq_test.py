"""A message's way through both kinds of queue with the command-line client."""

import re
import unittest

from programs import Server, run

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


class WithServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())

    def ask(self, *arguments):
        """What a command that must succeed prints."""
        done = self.server.twinq(*arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
        return done.stdout


class Queues(WithServer):
    def test_are_created_listed_and_deleted(self):
        url = self.ask("queue", "create", "listed")
        self.assertEqual(url, f"http://{self.server.address}/000000000000/listed\n")
        self.ask("queue", "create", "listed.fifo")
        self.assertEqual(self.ask("queue", "list"), "listed\nlisted.fifo\n")

        self.ask("queue", "delete", url.strip())
        self.ask("queue", "delete", "listed.fifo")

        self.assertEqual(self.ask("queue", "list"), "")

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

    def test_with_a_garbage_handle_are_refused(self):
        self.ask("queue", "create", "handles")

        done = self.server.twinq("ack", "handles", "garbage")

        self.assertEqual(done.returncode, 1)
        self.assertIn('The input receipt handle "garbage" is not a valid receipt handle.',
                      done.stderr)


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
