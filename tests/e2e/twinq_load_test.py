"""Short runs under load: both kinds keep their promises, and what is written can be read."""

import json
import pathlib
import tempfile
import unittest

from programs import Server, run

KEYS = {"kind", "sent", "delivered", "deleted", "lost", "duplicates", "duplicates_by_cause",
        "order_violations", "groups_held_twice", "throughput_per_s", "send_latency_ms",
        "end_to_end_latency_ms", "server_cpu_us_per_message", "conditions"}


class Load(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))

    def load(self, *arguments):
        done = run("twinq-load", *arguments, "--server", self.server.address)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertNotIn("VIOLATION", done.stdout)
        return done.stdout

    def figures(self, *arguments):
        path = self.folder / "figures.json"
        self.load(*arguments, f"--json={path}")
        return json.loads(path.read_text())

    def test_both_kinds_keep_their_promises_under_every_fault(self):
        standard, fifo = self.figures(
            "compare", "--messages=3000", "--batch=10", "--lose-ack=0.01", "--retry-send=0.02",
            "--crash=0.003", "--group-skew=1", "--seed=1")

        for result in standard, fifo:
            self.assertEqual(set(result), KEYS)
            self.assertEqual((result["sent"], result["lost"]), (3000, 0))
            self.assertEqual(result["duplicates"], sum(result["duplicates_by_cause"].values()))
            self.assertEqual(result["delivered"], result["sent"] + result["duplicates"])
            self.assertGreater(result["duplicates_by_cause"]["crash"], 0)
        self.assertGreater(standard["duplicates_by_cause"]["producer_retry"], 0)
        self.assertEqual((fifo["duplicates_by_cause"]["producer_retry"], fifo["deleted"],
                          fifo["groups_held_twice"], fifo["order_violations"]), (0, 3000, 0, 0))

    def test_the_cost_of_a_server_on_this_machine_is_known(self):
        result = self.figures("run", "--messages=3000", "--kind=fifo", "--lose-ack=0")

        self.assertGreater(result["server_cpu_us_per_message"], 0)
        self.assertEqual(result["conditions"]["storage"], "memory")

    def test_an_open_loop_keeps_to_its_rate(self):
        result = self.figures("run", "--rate=1000", "--messages=1000", "--lose-ack=0",
                              "--retry-send=0")

        self.assertEqual(result["sent"], 1000)
        self.assertGreaterEqual(result["conditions"]["duration_s"], 0.99)

    def test_the_history_of_each_kind_is_written(self):
        path = self.folder / "history"
        self.load("compare", "--messages=50", f"--history={path}")

        for kind in "standard", "fifo":
            lines = pathlib.Path(f"{path}-{kind}").read_text().splitlines()
            self.assertEqual(lines[0], "twinq-history 1")
            self.assertRegex(lines[-1], r"^end at=\d+ remaining=0$")

    def test_latency_is_told_for_both_kinds(self):
        standard, fifo = self.figures("latency", "--messages=20")

        for result in standard, fifo:
            self.assertEqual(result["sent"], 20)
            self.assertGreater(result["send_to_receive_latency_ms"]["p50"], 0)
        self.assertEqual((standard["kind"], fifo["kind"]), ("standard", "fifo"))

    def test_a_sweep_has_a_result_for_each_value(self):
        results = self.figures("sweep", "--sweep", "batch=1,10", "--messages=100", "--lose-ack=0")

        self.assertEqual([(result["sent"], result["conditions"]["batch"]) for result in results],
                         [(100, 1), (100, 10)])
        self.assertEqual(len({result["conditions"]["seed"] for result in results}), 1)


class NoServer(unittest.TestCase):
    def test_is_said(self):
        # Nothing ever listens on port 1 of the loopback.
        for verb in "run", "compare", "latency":
            done = run("twinq-load", verb, "--server", "127.0.0.1:1", "--duration", "2s")

            self.assertEqual(done.returncode, 3)
            self.assertIn("no server at 127.0.0.1:1", done.stderr)


if __name__ == "__main__":
    unittest.main()
