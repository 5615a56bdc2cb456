"""Stalls are judged by the budget, unless the machine stalls without the server's doing."""

import unittest

from driver import stalls


def row(before_ms, longest_ms):
    runs = {"purge": [{"before_ms": before_ms, "longest_ms": longest_ms, "messages": 1_000_000}]}
    return stalls.rows(stalls.ALL, runs)[0]


class RowsTest(unittest.TestCase):
    def test_only_what_was_measured_has_a_row(self):
        self.assertEqual(stalls.rows(stalls.ALL, {}), [])

    def test_says_how_many_messages_there_were(self):
        self.assertIn("1,000,000 messages", row(0.5, 1).path)

    def test_is_judged_by_the_budget(self):
        self.assertEqual(row(0.5, 2).verdict, "reaches the aim")
        self.assertEqual(row(0.5, 20).verdict, "in budget")
        self.assertEqual(row(0.5, 20.1).verdict, "MISSES THE BUDGET")

    def test_is_not_judged_where_as_long_a_call_comes_by_itself(self):
        self.assertEqual(row(10, 12).verdict, "in budget")
        self.assertEqual(row(10.1, 12).verdict, "disturbed run")


if __name__ == "__main__":
    unittest.main()
