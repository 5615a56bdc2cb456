"""docs/tour.md is true: its commands print what it says."""

import pathlib
import unittest

import tour

TOUR = pathlib.Path(__file__).resolve().parents[2] / "docs/tour.md"


class Tour(unittest.TestCase):
    maxDiff = None

    def test_commands_print_what_it_says(self):
        text = TOUR.read_text("utf-8")

        self.assertEqual(tour.run_transcript(text), text, "if it is meant so: ./dev tour")


class Transcript(unittest.TestCase):
    def run_console(self, *lines):
        return tour.run_transcript("\n".join(("```console", *lines, "```", ""))).splitlines()[1:-1]

    def test_commands_share_a_shell_and_see_the_exit_code_before_them(self):
        self.assertEqual(self.run_console("$ value=7", "$ (exit $value)", "$ echo $?", "stale"),
                         ["$ value=7", "$ (exit $value)", "$ echo $?", "7"])

    def test_a_command_may_go_over_several_lines(self):
        self.assertEqual(self.run_console("$ for word in a b; do", ">   echo $word", "> done"),
                         ["$ for word in a b; do", ">   echo $word", "> done", "a", "b"])

    def test_what_differs_on_each_run_has_a_constant_look(self):
        lines = ["$ twinqd --metrics=127.0.0.1:9324 2>log &", "$ twinq queue create jobs",
                 "$ twinq send jobs a", "$ twinq receive jobs"]

        first, second = self.run_console(*lines), self.run_console(*lines)

        self.assertEqual(first, second)
        self.assertIn("http://127.0.0.1:9323/000000000000/jobs", first)
        self.assertEqual(first[first.index("$ twinq send jobs a") + 1],
                         first[-2].removeprefix("  id      "))


if __name__ == "__main__":
    unittest.main()
