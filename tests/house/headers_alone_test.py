import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

PROJECT = f"""
cmake_minimum_required(VERSION 3.25)
project(example LANGUAGES CXX)
list(PREPEND CMAKE_MODULE_PATH {ROOT}/cmake)
include(twinq_library)
add_subdirectory(core)
"""


class HeadersAloneTest(unittest.TestCase):
    """A header without a source beside it is compiled by the build of its folder."""

    def build(self, header):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        (root / "core").mkdir()
        (root / "CMakeLists.txt").write_text(PROJECT)
        (root / "core/CMakeLists.txt").write_text("twinq_library(core)\n")
        (root / "core/a.h").write_text(header)
        return subprocess.run(
            f"cmake -G Ninja -DCMAKE_CXX_COMPILER=g++-12 -S {root} -B {root}/build && "
            f"cmake --build {root}/build", shell=True, capture_output=True, text=True, check=False)

    def test_a_header_that_needs_another_include_does_not_build(self):
        done = self.build("#pragma once\ninline std::string Name();\n")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("core/a.h:2", done.stdout + done.stderr)

    def test_a_header_that_compiles_alone_builds(self):
        done = self.build("#pragma once\n#include <string>\nstd::string Name();\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
