"""Targets: every source is compiled by some target, every header proven to stand alone, and few
sources include the libraries that are slow to compile."""

import json
import pathlib
import re

from source_tree import Finding, includes, run, sources

# A source that includes gRPC or Beast costs seconds; a cold build has minutes.
SLOW_HEADERS = {
    "gRPC": (re.compile(r"grpc(?:pp)?/|.*\.grpc\.pb\.h"), 18),
    "Beast": (re.compile(r"boost/beast"), 6),
}


def compiled(root, commands):
    """Paths of all compiled sources, from the root; generated ones start with build/."""
    root = pathlib.Path(root).resolve()
    paths = set()
    for entry in json.loads(pathlib.Path(commands).read_text()):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if path.is_relative_to(root):
            paths.add(path.relative_to(root).as_posix())
    return paths


def check_compiled(all_sources, compiled_paths):
    """No .cc outside a target; no .h that nothing proves to compile alone.

    A header is proven by its own source, which includes it first, or, having none, by the file
    that cmake/headers_alone.cmake generates to include nothing else.
    """
    by_path = {source.path: source for source in all_sources}
    alone = {path.split("/alone/", 1)[1] for path in compiled_paths if "/alone/" in path}
    for source in all_sources:
        own_source = by_path.get(source.path.removesuffix(".h") + ".cc")
        if source.path.endswith(".cc"):
            if source.path not in compiled_paths:
                yield Finding(source.path, 1, "targets", "no target compiles this source")
        elif own_source:
            first = next(includes(own_source.text), (1, "nothing"))
            if first[1] != f'"{source.path}"':
                yield Finding(own_source.path, first[0], "self-contained headers",
                              f'includes {first[1]} first, not "{source.path}"')
        elif source.path + ".cc" not in alone:
            yield Finding(source.path, 1, "self-contained headers",
                          "no target's folder: nothing compiles this header alone")


def check_slow_headers(all_sources):
    """Counts translation units, so includes are followed through our own headers."""
    by_path = {source.path: source for source in all_sources}

    def sees(path, pattern, visited):
        visited.add(path)
        for _, written in includes(by_path[path].text):
            name = written[1:-1]
            if pattern.match(name):
                return True
            if name in by_path and name not in visited and sees(name, pattern, visited):
                return True
        return False

    for library, (pattern, limit) in SLOW_HEADERS.items():
        users = [source.path for source in all_sources
                 if source.path.endswith(".cc") and sees(source.path, pattern, set())]
        if len(users) > limit:
            yield Finding(users[-1], 1, "slow headers",
                          f"{len(users)} sources include {library}, at most {limit}: "
                          + ", ".join(users))


def check(root, commands):
    all_sources = sources(root, ".cc", ".h")
    return (list(check_compiled(all_sources, compiled(root, commands)))
            + list(check_slow_headers(all_sources)))


if __name__ == "__main__":
    run(__doc__, check, "commands")
