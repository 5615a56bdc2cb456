"""The part of the README that quotes a result: what it says, where it goes, and that it is true."""

import json
import pathlib
import tempfile
import unittest

from driver import figures

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
NAME = "bench/results/fixture.json"


def fixture():
    return json.loads((HERE / "result.json").read_text("utf-8"))


class PartTest(unittest.TestCase):
    def test_has_figures_beside_floors_then_servers_then_conditions(self):
        expected = (HERE / "part.md").read_text("utf-8")

        self.assertEqual(figures.part(NAME, fixture()) + "\n", expected)

    def test_says_which_run_was_disturbed(self):
        result = fixture()
        for row in result["rows"]:
            row["disturbed"] = True

        self.assertIn("| disturbed run |", figures.part(NAME, result))

    def test_without_other_servers_has_no_table_of_them(self):
        result = fixture()
        result["rows"] = [row for row in result["rows"] if not row["server"]]

        self.assertNotIn("messages/s", figures.part(NAME, result))


class SavedTest(unittest.TestCase):
    def test_are_whole_results_of_the_suite_the_newest_last(self):
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            for name, conditions in (
                    ("a", {"suite": "e2e", "measured": "2026-02-01 00:00"}),
                    ("b", {"suite": "e2e", "measured": "2026-01-31 23:59"}),
                    ("c", {"suite": "e2e", "measured": "2026-03-01 00:00", "only": "B4"}),
                    ("d", {"suite": "micro", "measured": "2026-03-01 00:00"})):
                (folder / f"{name}.json").write_text(json.dumps({"conditions": conditions}))

            self.assertEqual([path.stem for path in figures.saved(folder)], ["b", "a"])


class RewrittenTest(unittest.TestCase):
    PART = figures.part(NAME, fixture())

    def test_takes_the_place_of_what_is_below_the_heading(self):
        text = "# A\n\n### End to end\n\nold\n| x |\n\n### Next\n\nkept\n"

        self.assertEqual(figures.rewritten(text, self.PART),
                         f"# A\n\n### End to end\n\n{self.PART}\n\n### Next\n\nkept\n")

    def test_takes_the_place_of_an_older_part_and_of_nothing_else(self):
        older = figures.part("bench/results/older.json", fixture()).replace("msg/s", "old/s")
        text = f"# A\n\nbefore\n{older}\nafter\n"

        self.assertEqual(figures.rewritten(text, self.PART), f"# A\n\nbefore\n{self.PART}\nafter\n")

    def test_a_second_time_changes_nothing(self):
        once = figures.rewritten("### End to end\n\nold\n", self.PART)

        self.assertEqual(figures.rewritten(once, self.PART), once)

    def test_needs_a_place(self):
        with self.assertRaises(ValueError):
            figures.rewritten("# A\n", self.PART)

    def test_what_is_quoted_is_found_again(self):
        self.assertEqual(figures.quoted(f"a\n{self.PART}\nb\n"), [(NAME, self.PART)])


class ReadmeTest(unittest.TestCase):
    TEXT = (ROOT / "README.md").read_text("utf-8")

    def test_has_a_place_for_figures(self):
        self.assertEqual(len(figures.quoted(figures.rewritten(self.TEXT, RewrittenTest.PART))), 1)

    def test_quotes_a_result_once_there_is_one_and_word_for_word(self):
        quoted = figures.quoted(self.TEXT)

        self.assertEqual(bool(quoted), bool(figures.saved(ROOT / "bench" / "results")),
                         "bench/table makes it so")
        for name, part in quoted:
            result = json.loads((ROOT / name).read_text("utf-8"))
            self.assertEqual(part, figures.part(name, result), "bench/table makes it so")


if __name__ == "__main__":
    unittest.main()
