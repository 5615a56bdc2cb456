"""Run by ./dev lint, and not with the other tests: clang-tidy is not needed to build and test."""

import contextlib
import io
import json
import os
import pathlib
import tempfile
import unittest
from unittest import mock

import tidy

CLEAN = "namespace a {\nint Sum(int left, int right) { return left + right; }\n}  // namespace a\n"
UNCLEAN = "namespace a {\nint* Leak() { return 0; }\n}  // namespace a\n"


class TidyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        (self.root / "core").mkdir()
        (self.root / "build").mkdir()
        self.configure("modernize-use-nullptr")
        self.commands = self.root / "build/compile_commands.json"
        self.commands.write_text(json.dumps([{
            "directory": str(self.root / "build"),
            "command": f"clang++-16 -std=c++20 -o a.o -c {self.root}/core/a.cc",
            "file": f"{self.root}/core/a.cc"}]))
        self.enterContext(mock.patch.dict(os.environ, TWINQ_TIDY_CACHE=str(self.root / "cache")))

    def configure(self, checks):
        (self.root / ".clang-tidy").write_text(f"Checks: '-*,{checks}'\nWarningsAsErrors: '*'\n")

    def run_on(self, text):
        """(exit code, what was printed)"""
        (self.root / "core/a.cc").write_text(text)
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            code = tidy.main(self.root, self.commands)
        return code, printed.getvalue()

    def test_an_unclean_source_fails_every_time(self):
        for _ in range(2):
            code, printed = self.run_on(UNCLEAN)
            self.assertEqual(code, 1)
            self.assertIn("core/a.cc:2:", printed)

    def test_a_source_that_does_not_compile_fails(self):
        self.assertEqual(self.run_on("int;;; x\n")[0], 1)
        self.assertEqual(self.run_on('#include "missing.h"\n')[0], 1)

    def test_a_crash_of_the_tool_fails_and_tells_what_it_was_looking_at(self):
        tool = self.root / "crashing-tidy"
        tool.write_text("#!/bin/sh\n[ \"$1\" = --version ] && exit 0\n"
                        "echo 'Processing Sum' >&2\nkill -SEGV $$\n")
        tool.chmod(0o755)
        with mock.patch.object(tidy, "CLANG_TIDY", str(tool)):
            code, printed = self.run_on(CLEAN)
        self.assertEqual(code, 1)
        self.assertIn("Processing Sum", printed)

    def test_a_clean_source_is_skipped_the_second_time(self):
        self.assertIn("0 known to be clean", self.run_on(CLEAN)[1])
        self.assertEqual(self.run_on(CLEAN), (0, "clang-tidy: 1 sources, 1 known to be clean, 0 failed\n"))

    def test_a_clean_source_is_read_again_when_it_or_the_configuration_changes(self):
        self.run_on(CLEAN)
        self.assertIn("0 known to be clean", self.run_on(CLEAN + "// NOLINT\n")[1])
        self.assertIn("0 known to be clean", self.run_on(CLEAN + "#define A\n")[1])
        self.configure("modernize-use-override")
        self.assertIn("0 known to be clean", self.run_on(CLEAN)[1])


if __name__ == "__main__":
    unittest.main()
