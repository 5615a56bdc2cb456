"""The completions in the shells that they are for, and the manual page as man shows it."""

import os
import pathlib
import pty
import subprocess
import tempfile
import unittest

from programs import PATIENCE_SECONDS, Server, environment_with, run

# Calls the function that bash would call on a tab.
BASH = r"""
source "$SCRIPT"
COMP_LINE=$LINE COMP_POINT=${#LINE}
_twinq
printf '%s\n' "${COMPREPLY[@]}"
"""
FISH = 'source $SCRIPT; cd $FOLDER; complete -C "$LINE" | string replace -r "\\t.*" ""'
# A key that writes what stands on the line.
ZSH = r"""
PROMPT= RPROMPT= PS2=
unsetopt beep zle_bracketed_paste prompt_cr prompt_sp
autoload -Uz compinit && compinit -u -D
zstyle ':completion:*' menu no
setopt no_auto_menu no_list_ambiguous
source "$SCRIPT"
cd "$FOLDER"
tell() { print -r -- "$BUFFER" >>"$FOLDER/told"; zle kill-buffer }
zle -N tell
bindkey '^I' complete-word
bindkey '^X' tell
: >"$FOLDER/ready"
"""


class InShells(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())
        for name in ("jobs", "orders.fifo", "orders-old"):
            cls.server.twinq("queue", "create", name)
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        (cls.folder / "job.json").touch()

    @classmethod
    def environment(cls, shell, **variables):
        script = cls.folder / f"completion.{shell}"
        script.write_text(run("twinq", "completion", shell).stdout)
        return environment_with({
            "SCRIPT": str(script), "FOLDER": str(cls.folder), "HOME": str(cls.folder),
            "PATH": f"{os.environ['TWINQ_PROGRAMS']}:{os.environ['PATH']}", "TERM": "dumb",
            **variables})

    def complete(self, shell, line, server=None):
        """What the shell offers for the end of the line, sorted."""
        command = {"bash": ["bash", "--norc", "-c", BASH], "fish": ["fish", "--no-config", "-c", FISH]}
        environment = self.environment(shell, LINE=line, TWINQ_SERVER=server or self.server.address)
        done = subprocess.run(command[shell], env=environment, text=True, cwd=self.folder,
                              capture_output=True, timeout=PATIENCE_SECONDS, check=False)
        self.assertEqual(done.stderr, "")
        return sorted(done.stdout.split())

    def check(self, line, offered, server=None):
        for shell in ("bash", "fish"):
            with self.subTest(shell=shell, line=line):
                self.assertEqual(self.complete(shell, line, server), sorted(offered))

    def test_verbs(self):
        self.check("twinq qu", ["queue"])
        self.check("twinq queue ", ["create", "delete", "list", "purge", "set", "show"])
        self.check("twinq --output json rec", ["receive"])

    def test_options_of_the_verb_and_of_every_verb(self):
        self.check("twinq receive jobs --f", ["--follow"])
        self.check("twinq send --d", ["--dedup-id", "--delay"])
        self.check("twinq receive --ou", ["--output"])

    def test_choices(self):
        self.check("twinq queue list --output ", ["json", "raw", "table"])
        self.check("twinq completion ", ["bash", "fish", "zsh"])

    def test_names_of_queues_from_the_server(self):
        self.check("twinq send ", ["jobs", "orders-old", "orders.fifo"])
        self.check("twinq queue show or", ["orders-old", "orders.fifo"])
        self.check("twinq receive --max 3 j", ["jobs"])

    def test_names_of_queues_from_the_server_on_the_line(self):
        nowhere = "127.0.0.1:1"
        self.check(f"twinq --server {self.server.address} receive j", ["jobs"], nowhere)
        self.check(f"twinq --server={self.server.address} receive j", ["jobs"], nowhere)

    def test_nothing_and_silence_without_a_server(self):
        self.check("twinq send ", [], server="127.0.0.1:1")

    def test_nothing_where_anything_may_stand(self):
        self.check("twinq send jobs ", [])
        self.check("twinq send jobs --group ", [])

    def test_files(self):
        self.check("twinq send jobs --file jo", ["job.json"])

    def test_a_choice_behind_an_equals_sign(self):
        # Bash itself takes what is behind the sign for a word, fish does not.
        self.assertEqual(self.complete("bash", "twinq queue list --output=j"), ["json"])
        self.assertEqual(self.complete("fish", "twinq queue list --output=j"), ["--output=json"])


class InZsh(InShells):
    """The same, but a tab is really typed: zsh completes nowhere else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / ".zshrc").write_text(ZSH)
        for name in ("told", "ready"):
            os.mkfifo(cls.folder / name)
        cls.keyboard, terminal = pty.openpty()
        cls.addClassCleanup(os.close, cls.keyboard)
        shell = subprocess.Popen(["zsh", "-d", "-i"], stdin=terminal, stdout=terminal,
                                 stderr=subprocess.DEVNULL, start_new_session=True,
                                 env=cls.environment("zsh", ZDOTDIR=str(cls.folder)))
        os.close(terminal)
        cls.addClassCleanup(shell.wait, timeout=PATIENCE_SECONDS)
        cls.addClassCleanup(shell.kill)
        (cls.folder / "ready").read_text()

    def type_tab(self, line, server=None):
        """What the line is after the key."""
        keys = f"export TWINQ_SERVER={server or self.server.address}\r{line}\t\x18"
        os.write(self.keyboard, keys.encode())
        return (self.folder / "told").read_text().rstrip("\n")

    def check(self, line, offered, server=None):
        """The line grows by what all that is offered has in common."""
        last = line.rsplit(" ", 1)[-1]
        expected = line.removesuffix(last) + (os.path.commonprefix(offered) or last)
        with self.subTest(line=line):
            self.assertEqual(self.type_tab(line, server).rstrip(" ="), expected.rstrip(" "))

    def test_a_choice_behind_an_equals_sign(self):
        self.assertEqual(self.type_tab("twinq queue list --output=j"),
                         "twinq queue list --output=json ")


class ManualPage(unittest.TestCase):
    def test_is_clean_and_shows_what_the_help_shows(self):
        source = run("twinq", "man").stdout

        shown = subprocess.run(["groff", "-man", "-ww", "-Tascii", "-P-cbou"], input=source, text=True,
                               capture_output=True, timeout=PATIENCE_SECONDS, check=False)

        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        self.assertIn("twinq queue create [OPTION]... NAME [SETTING]...", shown.stdout)
        for line in run("twinq", "receive", "--help").stdout.partition("Examples:\n")[2].splitlines():
            self.assertIn(line.strip(), shown.stdout)
        self.assertIn("5  you were asked, and did not say yes", shown.stdout)


if __name__ == "__main__":
    unittest.main()
