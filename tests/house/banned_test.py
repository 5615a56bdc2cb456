import unittest

import banned
from source_tree import Source


def rules(path, text):
    return [(finding.line, finding.rule) for finding in banned.check_source(Source(path, text))]


class BannedTest(unittest.TestCase):
    def test_each_banned_call_is_caught_at_its_line(self):
        for call, rule in [
                ("auto t = absl::Now();", "clock"),
                ("auto t = std::chrono::steady_clock::now();", "clock"),
                ("auto t = time(nullptr);", "clock"),
                ("int r = rand();", "entropy"),
                ("std::random_device device;", "entropy"),
                ("absl::BitGen gen;", "entropy"),
                ("std::this_thread::sleep_for(span);", "sleep"),
                ("absl::SleepFor(span);", "sleep"),
                ("std::thread worker(Run);", "thread"),
                ("std::mutex mutex;", "lock"),
                ("absl::Mutex mutex;", "lock"),
                ("auto* p = new Queue;", "allocation"),
                ("delete p;", "allocation"),
                ("throw 1;", "throw"),
                ("using namespace std;", "using namespace"),
                ("std::cout << 1;", "standard output")]:
            with self.subTest(call):
                self.assertEqual(rules("core/queue/a.cc", f"\n{call}\n"), [(2, f"banned: {rule}")])

    def test_words_in_comments_and_literals_do_not_count(self):
        text = ('// a new queue; delete it\n/* throw\n new */\nauto s = "new std::mutex";\n'
                'auto r = R"(delete\n new)"; char c = \'"\'; int n = 1\'000; // new\n')
        self.assertEqual(rules("core/queue/a.cc", text), [])

    def test_code_after_a_literal_counts(self):
        self.assertEqual(rules("core/queue/a.cc", 'F("//", \'"\'); throw 1\'000;'),
                         [(1, "banned: throw")])

    def test_what_only_looks_alike_is_not_banned(self):
        for code in ["Queue(const Queue&) = delete;", "absl::Time time() const;", "int renew = 1;",
                     "std::thread::id owner;", "void operator delete(void*);", "Expand(strand);"]:
            with self.subTest(code):
                self.assertEqual(rules("core/queue/a.cc", code), [])

    def test_only_the_platform_may_ask_the_operating_system(self):
        code = "std::thread worker; absl::Now();"
        self.assertEqual(rules("platform/thread.h", code), [])
        self.assertEqual(len(rules("server/runtime/strand.h", code)), 2)
        self.assertEqual(len(rules("platform_fake/thread.h", code)), 2)
        self.assertEqual(rules("platform/thread.h", "throw 1;"), [(1, "banned: throw")])


if __name__ == "__main__":
    unittest.main()
