"""The examples of the client library, as a user runs them."""

import subprocess
import unittest

from programs import PATIENCE_SECONDS, Server, path_of


def run_example(name, server):
    return subprocess.run([path_of(f"../examples/{name}"), server.address], capture_output=True,
                          text=True, timeout=PATIENCE_SECONDS, check=False)


class Examples(unittest.TestCase):
    def test_first_message_is_sent_received_and_deleted(self):
        with Server() as server:
            done = run_example("first_message", server)
            left = server.twinq("receive", "jobs", "--output=raw")

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"\Asent [0-9a-f-]{36}\nreceived resize 42\n\Z")
        self.assertEqual((left.returncode, left.stdout), (4, ""))

    def test_fifo_groups_keeps_order_and_stores_a_repeated_send_once(self):
        with Server() as server:
            done = run_example("fifo_groups", server)

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = done.stdout.splitlines()
        self.assertEqual(sorted(lines), ["ada orders", "ada pays", "bob orders"])
        self.assertLess(lines.index("ada orders"), lines.index("ada pays"))

    def test_what_produce_sends_consume_handles_once_and_in_the_order_of_each_group(self):
        with Server() as server:
            produced = run_example("produce", server)
            consumed = run_example("consume", server)
            left = server.twinq("receive", "payments.fifo", "--output=raw")

        self.assertEqual((produced.returncode, produced.stderr), (0, ""))
        self.assertEqual(produced.stdout, "1000 of 1000 payments are stored\n")
        self.assertEqual((consumed.returncode, consumed.stderr), (0, ""))
        payments = [line.split() for line in consumed.stdout.splitlines()]
        self.assertEqual(len(payments), 1000)
        for customer in ("ada", "bob", "eve", "kim"):
            numbers = [int(number) for name, _, number in payments if name == customer]
            self.assertEqual(numbers, sorted(numbers))
            self.assertEqual(len(set(numbers)), 250)
        self.assertEqual((left.returncode, left.stdout), (4, ""))

    def test_without_a_server_they_say_so(self):
        done = subprocess.run([path_of("../examples/first_message"), "127.0.0.1:1"],
                              capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)

        self.assertEqual(done.returncode, 1)
        self.assertIn("UNAVAILABLE", done.stderr)


if __name__ == "__main__":
    unittest.main()
