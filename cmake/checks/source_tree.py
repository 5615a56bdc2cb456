"""What every check needs: the sources, their text without comments, a way to report."""

import argparse
import pathlib
import re
import sys
from typing import NamedTuple

# Where our sources live; everything else in the repository is documents and tooling.
SOURCE_FOLDERS = ("core", "journal", "broker", "platform", "wire", "proto", "server", "client",
                  "sim", "bench", "tests")


class Finding(NamedTuple):
    """One broken rule at one place. Lines count from 1."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message} [{self.rule}]"


class Source(NamedTuple):
    """A file, by its path from the repository's root with forward slashes."""

    path: str
    text: str


def sources(root, *suffixes):
    """The files of the source folders with one of these endings, in a fixed order."""
    root = pathlib.Path(root)
    found = []
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.name.endswith(suffixes):
                found.append(Source(path.relative_to(root).as_posix(), path.read_text("utf-8")))
    return found


# Comments, raw strings, strings, characters; a ' between digits is a separator and no character.
_LEXEME = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)'
    r'|(?P<raw>R"(?P<tag>[^\s()\\]{0,16})\(.*?\)(?P=tag)")'
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<character>(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+')",
    re.DOTALL)


def code_only(text, strings="blank"):
    """The text with comments (and, unless strings="keep", literals) blanked; lines stay put."""

    def blank(match):
        if strings == "keep" and not match.group("comment"):
            return match.group()
        return re.sub(r"[^\n]", " ", match.group())

    return _LEXEME.sub(blank, text)


def includes(text):
    """(line, header as written with its <> or "") for each #include."""
    for number, line in enumerate(code_only(text, strings="keep").splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*(<[^>]+>|"[^"]+")', line)
        if match:
            yield number, match.group(1)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def run(description, check, *extra_arguments):
    """The main of a check: `check(root, *extra)` returns findings; any finding fails it."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("root", help="the repository's root")
    for name in extra_arguments:
        parser.add_argument(name)
    arguments = parser.parse_args()
    findings = check(arguments.root, *(getattr(arguments, name) for name in extra_arguments))
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} found")
    sys.exit(1 if findings else 0)
