"""The mutants can be read and planted, and the script notices when they cannot."""

import pathlib
import tempfile
import unittest

import mutate

ONE = """# A comment.
== a name
-- folder/file.cc
<<<<
old
====
new
  newer
>>>>
"""


class ParseTest(unittest.TestCase):
    def test_reads_names_files_and_texts(self):
        self.assertEqual(mutate.parse(ONE), [
            mutate.Mutant("a name", (mutate.Edit("folder/file.cc", "old\n", "new\n  newer\n"),))])

    def test_a_mutant_may_have_several_edits(self):
        second = "-- other.h\n<<<<\na\n====\nb\n>>>>\n"

        mutants = mutate.parse(ONE + second)

        self.assertEqual([edit.file for edit in mutants[0].edits], ["folder/file.cc", "other.h"])

    def test_refuses_what_is_not_complete(self):
        for text in ("stray\n", "== a\n", "== a\n-- f\n<<<<\nold\n", "== a\n<<<<\nold\n", ONE + ONE,
                     "== a\n-- f\n<<<<\nold\n====\nnew\n"):
            with self.subTest(text=text), self.assertRaises(mutate.MutantError):
                mutate.parse(text)


class ApplyTest(unittest.TestCase):
    MUTANT = mutate.Mutant("a", (mutate.Edit("f", "old\n", "new\n"),))

    def test_replaces_the_text(self):
        self.assertEqual(mutate.apply(self.MUTANT, lambda _: "x\nold\ny\n"), {"f": "x\nnew\ny\n"})

    def test_edits_of_one_file_add_up(self):
        both = mutate.Mutant("a", self.MUTANT.edits + (mutate.Edit("f", "y\n", "z\n"),))

        self.assertEqual(mutate.apply(both, lambda _: "old\ny\n"), {"f": "new\nz\n"})

    def test_refuses_a_text_that_is_not_there_exactly_once(self):
        for text in ("nothing\n", "old\nold\n"):
            with self.subTest(text=text), self.assertRaises(mutate.MutantError):
                mutate.apply(self.MUTANT, lambda _, text=text: text)

    def test_refuses_an_edit_that_changes_nothing(self):
        with self.assertRaises(mutate.MutantError):
            mutate.apply(mutate.Mutant("a", (mutate.Edit("f", "old\n", "old\n"),)), lambda _: "old\n")


class MutantsTest(unittest.TestCase):
    def test_each_can_be_planted_in_the_sources(self):
        for name, suite in mutate.SUITES.items():
            mutants = mutate.parse(suite.mutants.read_text("utf-8"))

            # A whole server under load takes its time, so the judge has but one for each promise.
            self.assertGreaterEqual(len(mutants), 6 if name == "judge" else 10, name)
            for mutant in mutants:
                with self.subTest(mutant=mutant.name):
                    mutate.apply(mutant, mutate.read_source)


class SyncTest(unittest.TestCase):
    def test_copies_what_differs_and_removes_what_is_gone(self):
        with tempfile.TemporaryDirectory() as folder:
            source, target = pathlib.Path(folder, "source"), pathlib.Path(folder, "target")
            for path in (source / "a/same", source / "changed", source / "build/x",
                         target / "a/same", target / "changed", target / "gone",
                         target / "build/kept"):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(path.name)
            (source / "changed").write_text("other")
            time_before = (target / "a/same").stat().st_mtime_ns

            mutate.sync(source, target)

            files = {path.relative_to(target).as_posix()
                     for path in target.rglob("*") if path.is_file()}
            self.assertEqual(files, {"a/same", "changed", "build/kept"})
            self.assertEqual((target / "changed").read_text(), "other")
            self.assertEqual((target / "a/same").stat().st_mtime_ns, time_before)


class OutputTest(unittest.TestCase):
    def test_finds_the_number_of_steps(self):
        self.assertEqual(mutate.steps_of("fifo: engine and model disagree after 123 steps, with"), 123)
        self.assertIsNone(mutate.steps_of("aborted"))

    def test_counts_the_tests_that_failed(self):
        output = ("[  FAILED  ] Engine/RowTest.A/one, where GetParam() = (8-byte object) (0 ms)\n"
                  "[  FAILED  ] Some.Test (12 ms)\n"
                  "[  PASSED  ] 3 tests.\n"
                  "[  FAILED  ] Some.Test\n")

        self.assertEqual(mutate.failed_tests(output), 2)
        self.assertEqual(mutate.failed_tests("aborted\n"), 0)


if __name__ == "__main__":
    unittest.main()
