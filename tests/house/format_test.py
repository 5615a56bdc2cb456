import pathlib
import shutil
import tempfile
import unittest

import format as format_check

ROOT = pathlib.Path(__file__).resolve().parents[2]


class FormatTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "core").mkdir()
        shutil.copy(ROOT / ".clang-format", self.root)

    def test_a_badly_formatted_line_is_caught(self):
        (self.root / "core/a.cc").write_text("int a;\nint  b;\n")
        found = format_check.check(self.root)
        self.assertEqual([(finding.path, finding.line) for finding in found], [("core/a.cc", 2)])

    def test_includes_stand_in_the_order_of_the_house(self):
        groups = ['#include "core/a.h"\n', "#include <sys/stat.h>\n#include <vector>\n",
                  '#include "absl/time/time.h"\n', '#include "proto/twinq/v1/queue.pb.h"\n',
                  '#include "core/b.h"\n']
        (self.root / "core/a.cc").write_text("\n".join(groups))
        self.assertEqual(format_check.check(self.root), [])

        groups[2], groups[4] = groups[4], groups[2]
        (self.root / "core/a.cc").write_text("\n".join(groups))
        self.assertNotEqual(format_check.check(self.root), [])

    def test_a_well_formatted_source_passes(self):
        (self.root / "core/a.cc").write_text("int a;\n")
        self.assertEqual(format_check.check(self.root), [])


if __name__ == "__main__":
    unittest.main()
