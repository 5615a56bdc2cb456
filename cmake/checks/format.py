"""Format: every source is as clang-format leaves it. `./dev format` mends."""

import re
import subprocess

from source_tree import Finding, run, sources

# One version for everyone: another formats differently.
CLANG_FORMAT = "clang-format-16"


def findings_of(output):
    """Of clang-format's complaints (path:line:column: error: …), the first of each file."""
    places = re.findall(r"^(.+?):(\d+):\d+: error: ", output, re.MULTILINE)
    first = {}
    for path, line in places:
        first.setdefault(path, int(line))
    return [Finding(path, line, "format", "not formatted; ./dev format mends")
            for path, line in first.items()]


def check(root):
    paths = [source.path for source in sources(root, ".cc", ".h")]
    if not paths:
        return []
    done = subprocess.run([CLANG_FORMAT, "--dry-run", "-Werror", "--style=file", *paths],
                          cwd=root, stderr=subprocess.PIPE, text=True, check=False)
    findings = findings_of(done.stderr)
    if done.returncode != 0 and not findings:
        raise RuntimeError(f"{CLANG_FORMAT}: {done.stderr}")
    return findings


if __name__ == "__main__":
    run(__doc__, check)
