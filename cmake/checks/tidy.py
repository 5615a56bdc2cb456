"""clang-tidy on every source of ours. A source is skipped only when the hash of its preprocessed
text, its flags and the configuration stands in a cache of clean ones (TWINQ_TIDY_CACHE, by default
~/.cache/twinq/tidy)."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

# One version for everyone: another finds other things.
CLANG_TIDY = "clang-tidy-16"

CRASH_LINES_MAX = 10


def cache_folder():
    default = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache"))
    return pathlib.Path(os.environ.get("TWINQ_TIDY_CACHE", default / "twinq" / "tidy"))


def our_commands(root, commands):
    """The compile commands of sources in the tree, without generated ones."""
    build = root / "build"
    for entry in json.loads(pathlib.Path(commands).read_text()):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if path.is_relative_to(root) and not path.is_relative_to(build):
            yield path, entry


def preprocess_command(command):
    """The compile command, made to print the source as the compiler sees it.

    Comments stay, for NOLINT is one; so do macro definitions, for their names are checked too.
    """
    words = shlex.split(command)
    output = words.index("-o")
    del words[output:output + 2]
    words.remove("-c")
    return [*words, "-E", "-C", "-dD"]


def configuration(root):
    texts = [path.read_bytes() for path in sorted(root.rglob(".clang-tidy"))
             if not path.is_relative_to(root / "build")]
    version = subprocess.run([CLANG_TIDY, "--version"], capture_output=True, check=True).stdout
    return b"\0".join([*texts, version])


def fingerprint(root, entry, configured):
    """None when the source does not even preprocess: clang-tidy will say why."""
    done = subprocess.run(preprocess_command(entry["command"]), cwd=entry["directory"],
                          capture_output=True, check=False)
    if done.returncode != 0:
        return None
    # The same source in another clone is the same source.
    text = done.stdout + b"\0" + entry["command"].encode()
    return hashlib.sha256(text.replace(str(root).encode(), b"") + b"\0" + configured).hexdigest()


def check_one(root, commands, entry, path, configured, cache):
    """(was it skipped, clang-tidy's complaints)"""
    name = fingerprint(root, entry, configured)
    if name and (cache / name).exists():
        return True, ""
    done = subprocess.run([CLANG_TIDY, "--quiet", "-p", pathlib.Path(commands).parent, path],
                          cwd=root, capture_output=True, text=True, check=False)
    if done.returncode < 0:  # It crashed, and says first what it was looking at.
        told = "\n".join(done.stderr.splitlines()[:CRASH_LINES_MAX])
        return False, f"{path}: {CLANG_TIDY} ended by signal {-done.returncode}\n{told}"
    if done.returncode != 0:
        return False, done.stdout or f"{path}: {CLANG_TIDY} ended with {done.returncode}"
    if name:
        (cache / name).touch()
    return False, ""


def main(root, commands):
    root = pathlib.Path(root).resolve()
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    configured = configuration(root)
    skipped = failed = checked = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        tasks = [pool.submit(check_one, root, commands, entry, path, configured, cache)
                 for path, entry in our_commands(root, commands)]
        for task in concurrent.futures.as_completed(tasks):
            was_skipped, complaints = task.result()
            checked += 1
            skipped += was_skipped
            if complaints:
                failed += 1
                print(complaints.replace(f"{root}/", ""), flush=True)
    print(f"clang-tidy: {checked} sources, {skipped} known to be clean, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
