import json
import pathlib
import tempfile
import unittest

import targets
from source_tree import Source


def messages(findings):
    return [(finding.path, finding.rule) for finding in findings]


class CompiledTest(unittest.TestCase):
    def test_a_source_outside_every_target_is_caught(self):
        found = targets.check_compiled([Source("core/a.cc", ""), Source("core/b.cc", "")],
                                       {"core/a.cc"})
        self.assertEqual(messages(found), [("core/b.cc", "targets")])

    def test_a_source_includes_its_own_header_first(self):
        header = Source("core/a.h", "")
        good = Source("core/a.cc", '// A.\n#include "core/a.h"\n#include <string>\n')
        bad = Source("core/a.cc", '#include <string>\n#include "core/a.h"\n')
        self.assertEqual(list(targets.check_compiled([good, header], {"core/a.cc"})), [])
        self.assertEqual(messages(targets.check_compiled([bad, header], {"core/a.cc"})),
                         [("core/a.cc", "self-contained headers")])

    def test_a_header_without_a_source_is_compiled_alone(self):
        header = [Source("core/a.h", "")]
        alone = {"build/release/alone/core/a.h.cc"}
        self.assertEqual(list(targets.check_compiled(header, alone)), [])
        self.assertEqual(messages(targets.check_compiled(header, set())),
                         [("core/a.h", "self-contained headers")])

    def test_compile_commands_are_read_relative_to_their_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder).resolve()
            commands = root / "compile_commands.json"
            commands.write_text(json.dumps([
                {"directory": str(root / "build"), "file": "../core/a.cc"},
                {"directory": str(root / "build"), "file": "/usr/src/gtest.cc"}]))
            self.assertEqual(targets.compiled(root, commands), {"core/a.cc"})


class SlowHeadersTest(unittest.TestCase):
    @staticmethod
    def users(count, header):
        return [Source(f"server/{i}.cc", f"#include {header}\n") for i in range(count)]

    def test_eighteen_sources_may_include_grpc_and_six_beast(self):
        for header, limit in [("<grpcpp/grpcpp.h>", 18),
                              ('"proto/twinq/v1/queue.grpc.pb.h"', 18),
                              ("<boost/beast/http.hpp>", 6)]:
            with self.subTest(header):
                self.assertEqual(list(targets.check_slow_headers(self.users(limit, header))), [])
                self.assertEqual(len(list(targets.check_slow_headers(
                    self.users(limit + 1, header)))), 1)

    def test_an_include_through_our_own_header_counts(self):
        sources = self.users(19, '"server/grpc/call.h"')
        sources.append(Source("server/grpc/call.h", "#include <grpcpp/grpcpp.h>\n"))
        self.assertEqual(len(list(targets.check_slow_headers(sources))), 1)


if __name__ == "__main__":
    unittest.main()
