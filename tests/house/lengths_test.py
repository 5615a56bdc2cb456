import unittest

import lengths
from source_tree import Source


def findings(text):
    return [(finding.line, finding.rule) for finding in lengths.check_source(Source("a.cc", text))]


def body(lines):
    return "  x();\n" * lines


class LengthsTest(unittest.TestCase):
    def test_sixty_lines_are_allowed_and_one_more_is_not(self):
        self.assertEqual(findings(f"void F() {{\n{body(60)}}}\n"), [])
        self.assertEqual(findings(f"\nvoid F() {{\n{body(61)}}}\n"), [(2, "length: function")])

    def test_every_shape_of_function_is_seen(self):
        for head in ["Queue::Queue(int a) : a_{a}, b_(a) {", "auto F() -> std::vector<int> {",
                     "template <class T> void F(T value) const {", "TEST(Queue, Claims) {",
                     "bool operator==(const A& a) const noexcept {", "auto f = [](int x) {",
                     "static constexpr Table MakeTable() {"]:
            with self.subTest(head):
                self.assertEqual(findings(f"namespace a {{\n{head}\n{body(61)}}}\n}}\n"),
                                 [(2, "length: function")])

    def test_a_function_after_a_class_and_inside_one_is_seen(self):
        text = ("class A final : public B {\n public:\n  int F() { return 1; }\n"
                f"  void G() {{\n{body(61)}  }}\n}};\n")
        self.assertEqual(findings(text), [(4, "length: function")])

    def test_blocks_count_in_the_function_around_them(self):
        text = f"void F() {{\n  if (a) {{\n{body(30)}  }} else {{\n{body(30)}  }}\n}}\n"
        self.assertEqual(findings(text), [(1, "length: function")])

    def test_namespaces_classes_and_tables_may_be_long(self):
        rows = '    Case{"a", F(1)},\n' * 70
        for text in ["namespace a {\n" + "int f();\n" * 70 + "}\n",
                     "class A {\n" + "  int f();\n" * 70 + "};\n",
                     f"constexpr Case kCases[] = {{\n{rows}}};\n",
                     f"INSTANTIATE_TEST_SUITE_P(A, B, Values(\n{rows}    Case{{1}}));\n"]:
            self.assertEqual(findings(text), [])

    def test_braces_in_comments_literals_and_macros_do_not_count(self):
        text = f'void F() {{\n  // }}\n  a("}}"); b(\'}}\');\n#define X() \\\n  }}\n{body(61)}}}\n'
        self.assertEqual(findings(text), [(1, "length: function")])

    def test_a_file_may_have_six_hundred_lines(self):
        self.assertEqual(findings("int a;\n" * 600), [])
        self.assertEqual(findings("int a;\n" * 601), [(601, "length: file")])


if __name__ == "__main__":
    unittest.main()
