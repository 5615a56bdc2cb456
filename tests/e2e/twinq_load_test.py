"""A short comparison under load: both kinds keep their promises."""

import unittest

from programs import Server, run


class Compare(unittest.TestCase):
    def test_both_kinds_keep_their_promises(self):
        with Server() as server:
            done = run("twinq-load", "compare", "--server", server.address, "--duration", "2s",
                       "--seed", "1")

        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertIn("Both kept their promises", done.stdout)
        self.assertNotIn("VIOLATION", done.stdout)

    def test_without_a_server_it_says_so(self):
        # Nothing ever listens on port 1 of the loopback.
        done = run("twinq-load", "compare", "--server", "127.0.0.1:1", "--duration", "2s")

        self.assertEqual(done.returncode, 3)
        self.assertIn("no server at 127.0.0.1:1", done.stderr)


if __name__ == "__main__":
    unittest.main()
