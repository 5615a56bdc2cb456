"""What `cmake --install` puts down, and a project outside the tree that is built with it."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from programs import PATIENCE_SECONDS, Server, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
CMAKE = os.environ["TWINQ_CMAKE"]


def call(*arguments):
    return subprocess.run([str(argument) for argument in arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=PATIENCE_SECONDS, check=False)


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.prefix = cls.folder / "prefix"
        done = call(CMAKE, "--install", os.environ["TWINQ_BUILD"], "--prefix", cls.prefix)
        if done.returncode != 0:
            raise AssertionError(done.stdout)

    def files(self, *patterns):
        return sorted(path.relative_to(self.prefix).as_posix()
                      for pattern in patterns for path in self.prefix.glob(pattern) if path.is_file())

    def configure(self, version):
        project = self.folder / version
        project.mkdir()
        shutil.copy(ROOT / "tests/e2e/outside_project.cmake", project / "CMakeLists.txt")
        shutil.copy(ROOT / "client/examples/first_message.cc", project)
        build = project / "build"
        return build, call(CMAKE, "-G", "Ninja", "-S", project, "-B", build,
                           f"-DTWINQ_VERSION={version}", f"-DCMAKE_PREFIX_PATH={self.prefix}",
                           f"-DCMAKE_CXX_COMPILER={os.environ['TWINQ_CXX']}",
                           f"-DCMAKE_CXX_FLAGS={os.environ['TWINQ_CXX_FLAGS']}")

    def test_a_project_outside_the_tree_builds_an_example_and_runs_it(self):
        build, configured = self.configure("0.1")
        self.assertEqual(configured.returncode, 0, configured.stdout)
        built = call(CMAKE, "--build", build)
        self.assertEqual(built.returncode, 0, built.stdout)

        with Server() as server:
            done = call(build / "first_message", server.address)

        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"\Asent [0-9a-f-]{36}\nreceived resize 42\n\Z")

    def test_the_outside_program_uses_the_ordinary_shared_libraries(self):
        targets = "".join((self.prefix / path).read_text()
                          for path in self.files("lib*/**/twinqTargets*.cmake"))

        self.assertIn("gRPC::grpc++", targets)
        self.assertNotRegex(targets, r"lib(grpc|absl|protobuf)\w*[+]*\.a")
        self.assertNotIn(str(ROOT), targets)

    def test_a_version_with_other_interfaces_is_refused(self):
        _, configured = self.configure("0.2")

        self.assertNotEqual(configured.returncode, 0)
        self.assertIn("considered but not accepted", configured.stdout)

    def test_headers_are_complete_and_free_of_grpc(self):
        include = self.prefix / "include/twinq"
        headers = sorted(include.rglob("*.h"))
        self.assertIn(include / "client/lib/queue_client.h", headers)
        for header in headers:
            text = header.read_text()
            self.assertNotRegex(text, r'#include ["<](grpc|google|proto)', header)
            for name in re.findall(r'#include "((?:client|core|platform|wire)/[^"]+)"', text):
                self.assertIn(include / name, headers, f"{header} includes it")

    def test_programs_and_documents_are_in_their_places(self):
        self.assertEqual(self.files("bin/*"), ["bin/twinq", "bin/twinq-load", "bin/twinqd"])
        self.assertEqual(self.files("share/doc/**/*"),
                         ["share/doc/twinq/LICENSE", "share/doc/twinq/README.md"])

    def test_page_and_completions_are_what_the_tool_prints(self):
        for path, arguments in {"man/man1/twinq.1": ["man"],
                                "bash-completion/completions/twinq": ["completion", "bash"],
                                "zsh/site-functions/_twinq": ["completion", "zsh"],
                                "fish/vendor_completions.d/twinq.fish": ["completion", "fish"]}.items():
            self.assertEqual((self.prefix / "share" / path).read_text(), run("twinq", *arguments).stdout)


if __name__ == "__main__":
    unittest.main()
