"""Every verb of the command-line client in every output, every exit code, and JSON that jq reads."""

import json
import os
import pty
import re
import subprocess
import unittest

from programs import PATIENCE_SECONDS, Server, environment_with, path_of, run

# Verb -> arguments behind it, with {queue} for a queue of its own, {name} for one that is not there
# yet, {handle} for the handle of a received message; and what jq finds in its JSON, nothing if it is
# silent.
VERBS = {
    "queue create": ("{name}", '.QueueUrl | endswith("/" + $name)'),
    "queue list": ("{queue}", '.QueueName == $queue and .Kind == "standard" and .Stats.Visible == 1'),
    "queue show": ("{queue}", '.QueueName == $queue and .Attributes.VisibilityTimeout == "30"'),
    "queue set": ("{queue} DelaySeconds=1", None),
    "queue purge": ("{queue} --yes", None),
    "queue delete": ("{queue} --yes", None),
    "send": ("{queue} hello", ".MessageId | length == 36"),
    "receive": ("{queue}", '.Body == "first" and (.ReceiptHandle | length > 0)'),
    "ack": ("{queue} {handle}", None),
    "extend": ("{queue} {handle} --for 1m", None),
    "release": ("{queue} {handle}", None),
    "server": ("", '.Storage == "memory" and .UptimeSeconds >= 0'),
}
# Print text for other programs, whatever --output says.
TEXTS = {"completion": "bash", "man": ""}
OUTPUTS = ("table", "json", "raw")


def jq(program, text, **variables):
    """What jq makes of the text; raises for what is no JSON, or for null and false."""
    arguments = [word for name, value in variables.items() for word in ("--arg", name, value)]
    done = subprocess.run(["jq", "--exit-status", *arguments, program], input=text, text=True,
                          capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    if done.returncode != 0:
        raise AssertionError(f"jq {program}: {done.stderr or done.stdout}\n{text}")
    return done.stdout


class Verbs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())
        cls.numbers = iter(range(1000))

    def call(self, verb, arguments, output):
        """The verb's outcome, and the names that it was called with. Its queue has one message,
        and another in flight when the verb needs its handle."""
        names = {"queue": f"queue-{next(self.numbers)}", "name": f"new-{next(self.numbers)}"}
        self.server.twinq("queue", "create", names["queue"])
        self.server.twinq("send", names["queue"], "first")
        words = arguments.format(handle="{handle}", **names).split()
        if "{handle}" in words:
            received = self.server.twinq("receive", names["queue"], "--output=json").stdout
            words[words.index("{handle}")] = json.loads(received)["ReceiptHandle"]
        return self.server.twinq(*verb.split(), *words, "--output", output), names

    def test_are_all_tried_here(self):
        script = run("twinq", "completion", "bash").stdout
        groups = dict(re.findall(r"^    '(.*)'\) echo '(.*)' ;;$",
                                 script.partition("_twinq_options")[0], flags=re.MULTILINE))
        verbs = {f"{group} {verb}".strip() for group, below in groups.items() for verb in below.split()}

        self.assertEqual(verbs - set(groups), {*VERBS, *TEXTS})

    def test_succeed_in_every_output_and_say_nothing_when_there_is_nothing_to_say(self):
        for verb, (arguments, content) in VERBS.items():
            for output in OUTPUTS:
                with self.subTest(verb=verb, output=output):
                    done, _ = self.call(verb, arguments, output)

                    self.assertEqual((done.returncode, done.stderr), (0, ""))
                    self.assertEqual(done.stdout != "", content is not None)
                    self.assertNotIn("\033", done.stdout)

    def test_print_json_that_jq_reads(self):
        for verb, (arguments, content) in VERBS.items():
            if content is None:
                continue
            with self.subTest(verb=verb):
                done, names = self.call(verb, arguments, "json")

                self.assertEqual(done.stdout.count("\n"), 1)
                jq(content, done.stdout, **names)

    def test_print_one_value_a_line_when_it_is_to_be_raw(self):
        for verb, pattern in {"queue create": r"http://.*/new-\d+\n", "queue list": r"queue-\d+\n",
                              "queue show": r"(\w+=.*\n)+", "send": r"[0-9a-f-]{36}\n",
                              "receive": r"first\n", "server": r"\d+\.\d+\.\d+\n"}.items():
            with self.subTest(verb=verb):
                done, _ = self.call(verb, VERBS[verb][0], "raw")

                self.assertRegex(done.stdout, rf"\A{pattern}\Z")

    def test_texts_are_the_same_in_every_output_and_ask_no_server(self):
        for verb, argument in TEXTS.items():
            texts = {run("twinq", verb, *argument.split(), "--output", output,
                         "--server=127.0.0.1:1").stdout for output in OUTPUTS}
            self.assertEqual(len(texts), 1, verb)

    def test_lines_of_the_input_are_told_one_by_one_in_json(self):
        self.server.twinq("queue", "create", "lines.fifo", "ContentBasedDeduplication=true")

        done = self.server.twinq("send", "lines.fifo", "--group=g", "--output=json", typed="a\nb\nc\n")

        numbers = jq(".SequenceNumber", done.stdout).split()
        self.assertEqual(numbers, sorted(set(numbers)))
        self.assertEqual(len(numbers), 3)

    def test_several_messages_are_an_object_a_line(self):
        self.server.twinq("queue", "create", "several")
        for body in ("a\nb", '"quoted"', "\u00e9\u4e2d"):
            self.server.twinq("send", "several", body)

        done = self.server.twinq("receive", "several", "--max=10", "--output=json")

        self.assertEqual(done.stdout.count("\n"), 3)
        bodies = [json.loads(line) for line in jq(".Body", done.stdout).splitlines()]
        self.assertEqual(sorted(bodies), sorted(["a\nb", '"quoted"', "\u00e9\u4e2d"]))

    def test_colour_is_shown_when_it_is_asked_for(self):
        self.assertIn("\033[1m", self.server.twinq("queue", "list", "--color=always").stdout)
        coloured = run("twinq", "queue", "list", environment={"TWINQ_SERVER": self.server.address,
                                                              "TWINQ_COLOR": "always"})
        self.assertIn("\033[1m", coloured.stdout)


class ExitCodes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())

    def answer(self, typed, *arguments):
        """Runs twinq on a terminal on which a person types: its exit code and what it showed."""
        ours, theirs = pty.openpty()
        try:
            with subprocess.Popen([path_of("twinq"), "--server", self.server.address, *arguments],
                                  stdin=theirs, stdout=subprocess.PIPE, stderr=theirs,
                                  env=environment_with({})) as process:
                os.close(theirs)
                shown = b""
                while b"[y/N] " not in shown:
                    shown += os.read(ours, 1024)
                os.write(ours, typed.encode())
                process.communicate(timeout=PATIENCE_SECONDS)
                return process.returncode, shown.decode()
        finally:
            os.close(ours)

    def test_0_done(self):
        self.assertEqual(self.server.twinq("queue", "create", "zero").returncode, 0)
        self.assertEqual(run("twinq", "--help").returncode, 0)
        self.assertEqual(run("twinq", "--version").returncode, 0)

    def test_1_the_server_refused(self):
        for arguments in (["send", "nowhere", "a"], ["receive", "nowhere"], ["ack", "nowhere", "h"],
                          ["extend", "nowhere", "h", "--for=1m"], ["release", "nowhere", "h"],
                          ["queue", "show", "nowhere"], ["queue", "set", "nowhere", "DelaySeconds=1"],
                          ["queue", "purge", "nowhere"], ["queue", "delete", "nowhere"],
                          ["queue", "create", "bad name"]):
            with self.subTest(arguments=arguments):
                done = self.server.twinq(*arguments)

                self.assertEqual((done.returncode, done.stdout), (1, ""))
                self.assertTrue(done.stderr.startswith("twinq: "), done.stderr)

    def test_2_the_command_line_is_wrong(self):
        for arguments in ([], ["fly"], ["queue"], ["send"], ["receive", "q", "--wait=5"],
                          ["extend", "q", "h"], ["queue", "list", "--output=xml"], ["completion"]):
            with self.subTest(arguments=arguments):
                done = run("twinq", *arguments)

                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn("--help", done.stderr)

    def test_3_no_server(self):
        for verb, (arguments, _) in VERBS.items():
            with self.subTest(verb=verb):
                words = arguments.format(queue="q", name="q", handle="h").split()
                done = run("twinq", "--server=127.0.0.1:1", *verb.split(), *words)

                self.assertEqual((done.returncode, done.stdout), (3, ""))
                self.assertIn("no server at 127.0.0.1:1: start one with `twinqd`", done.stderr)

    def test_4_no_message(self):
        self.server.twinq("queue", "create", "four")

        for output in OUTPUTS:
            done = self.server.twinq("receive", "four", "--output", output)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (4, "", ""), output)

    def test_5_somebody_was_asked_and_did_not_say_yes(self):
        self.server.twinq("queue", "create", "five")
        self.server.twinq("send", "five", "kept")

        for verb in ("purge", "delete"):
            code, shown = self.answer("n\n", "queue", verb, "five")
            self.assertEqual(code, 5)
            self.assertIn("five", shown)

        self.assertEqual(self.server.twinq("receive", "five", "--output=raw").stdout, "kept\n")

    def test_0_when_somebody_was_asked_and_said_yes(self):
        self.server.twinq("queue", "create", "agreed")

        self.assertEqual(self.answer("y\n", "queue", "purge", "agreed")[0], 0)
        self.assertEqual(self.answer("yes\n", "queue", "delete", "agreed")[0], 0)

        self.assertEqual(self.server.twinq("queue", "list", "agreed", "--output=raw").stdout, "")


if __name__ == "__main__":
    unittest.main()
