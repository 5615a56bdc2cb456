"""Rows of other queue servers, also of those that are not there; and that one is started and ended."""

import pathlib
import socket
import sys
import tempfile
import unittest
from unittest import mock

from driver import peer_servers, peers, report

RUN = {"messages_per_s": 1000, "server_cpu_us_per_message": 4, "p50_us": 50, "p99_us": 90}
FIGURE = peers.ALL[0]

# In the place of a server: takes connections on the port until it is told to end.
LISTENER = ("import socket, sys\nlistening = socket.create_server(('127.0.0.1', int(sys.argv[1])))\n"
            "while True: listening.accept()")


class RowsTest(unittest.TestCase):
    def test_every_load_has_a_row_a_server(self):
        rows = peers.rows(peers.ALL, {})

        self.assertEqual(len(rows), 4 * 3)
        self.assertEqual({row.server for row in rows}, {"twinq", "Redis, list", "beanstalkd"})

    def test_a_row_has_the_median_of_its_runs(self):
        runs = {FIGURE.run("twinq"): [dict(RUN, messages_per_s=rate) for rate in (1, 30, 2)]}

        row = peers.rows([FIGURE], runs)[0]

        self.assertEqual((row.figure, row.server_cpu_us, row.p50_us, row.p99_us), (2, 4, 50, 90))
        self.assertEqual(row.verdict, "")

    def test_a_server_that_is_not_there_has_a_row_that_says_so(self):
        runs = {FIGURE.run(name): [RUN] for name in ("twinq", "beanstalkd")}

        table = report.table(peers.rows([FIGURE], runs))

        self.assertRegex(table, r"volatile: Redis, list +\| - .*not installed")
        self.assertRegex(table, r"volatile: beanstalkd +\| 1,000 ")


class PeerTest(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name, "peer")

    def start(self, program):
        command = lambda port, folder, is_durable: [sys.executable, "-c", program, port]
        with mock.patch.dict(peer_servers.PEERS, {"listener": ("a listener", command)}):
            with peer_servers.peer("listener", self.folder, False) as (_, port):
                self.assertTrue(self.folder.is_dir())
                socket.create_connection(("127.0.0.1", port), 5).close()
                return port

    def test_runs_while_the_block_does_and_leaves_nothing(self):
        port = self.start(LISTENER)

        self.assertFalse(self.folder.exists())
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.1", port), 5)

    def test_one_that_ends_at_once_is_reported(self):
        with self.assertRaisesRegex(RuntimeError, "did not start"):
            self.start("")

        self.assertFalse(self.folder.exists())


if __name__ == "__main__":
    unittest.main()
