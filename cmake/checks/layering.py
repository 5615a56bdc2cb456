"""Layering: who may use whom, held for every #include and for the DEPS of every CMake target."""

import pathlib
import re

from source_tree import Finding, code_only, includes, line_of, run, sources

# An arrow each: layer -> what it uses. Use is transitive, unless NEVER forbids it.
USES = {
    "core/base": (),
    "core/model": ("core/base",),
    "core/queue": ("core/model",),
    "journal": ("core/base",),
    "journal/file": ("journal",),
    "journal/postgres": ("journal",),
    "broker": ("core/queue", "journal"),
    "platform": ("core/base",),
    "proto": (),
    "wire": ("proto", "core/model"),
    "server/metrics": ("core/base", "platform"),
    "server/auth": ("core/model", "wire"),
    "server/runtime": ("broker", "platform", "server/metrics"),
    "server/api": ("server/auth", "broker", "proto", "wire", "server/metrics", "platform"),
    "server/grpc": ("server/api", "proto", "server/metrics", "platform"),
    "server/http": ("server/api", "proto", "wire", "server/metrics", "platform"),
    "server/console": ("server/http", "server/metrics"),
    "server/main": ("server/http", "server/grpc", "server/runtime", "journal/file",
                    "journal/postgres", "platform"),
    "client/lib": ("proto", "wire", "core/base", "platform"),
    "client/cli/manual": ("core/base",),
    "client/cli": ("client/lib", "client/cli/manual"),
    "client/examples": ("client/lib",),
    "client/load": ("client/lib", "sim/history", "platform"),
    "sim/history": ("core/model",),
    "sim/world": ("broker", "journal/file", "journal/postgres", "sim/history"),
    "sim/main": ("sim/world", "platform", "proto"),
    "bench/disk": ("platform",),
    "bench/micro": ("bench/disk", "broker", "journal/file", "journal/postgres", "platform"),
    "bench/e2e": ("bench/disk", "client/lib", "journal/file", "journal/postgres", "platform", "proto"),
}

# Headers (as written) and CMake targets of others, by what they bring in.
BOOST = r"boost/|Boost::"
BEAST = r"boost/beast|boost/asio/(?:ip|ssl)"
GRPC = r"grpc(?:pp)?/|.*\.grpc\.pb\.h|gRPC::|twinq::\w*proto\w*_grpc"
PROTOBUF = r"google/protobuf|.*\.pb\.h|protobuf::"
THREADS = (r"(?:thread|mutex|shared_mutex|condition_variable|future|stop_token|pthread\.h)$"
           r"|absl/synchronization/|absl::synchronization|Threads::|platform/(?:thread|mutex)\.h")
FILES = r"(?:fstream|filesystem|fcntl\.h|unistd\.h)$"
CLOCK = r"(?:chrono|ctime|time\.h|sys/time\.h)$|absl/time/clock\.h"
SOCKETS = r"sys/socket\.h|netinet/|arpa/|netdb\.h|poll\.h|sys/epoll\.h|boost/asio"
POSIX = r"sys/|(?:unistd|fcntl|dirent|pthread|signal)\.h$|csignal$"

# The table "must never see": layers (with all below them), and headers and targets of others.
NEVER = {
    "core/base": ((), (BOOST, GRPC, PROTOBUF, THREADS, FILES, CLOCK)),
    "core/model": ((), (BOOST, GRPC, PROTOBUF, THREADS, FILES, CLOCK)),
    "core/queue": ((), (BOOST, GRPC, PROTOBUF, THREADS, FILES, CLOCK)),
    "journal": (("core/queue",), (SOCKETS, POSIX, GRPC)),
    "journal/file": (("core/queue",), (SOCKETS, POSIX, GRPC)),
    "journal/postgres": (("core/queue",), (SOCKETS, POSIX, GRPC)),
    "broker": (("journal/file", "journal/postgres", "server"),
               (THREADS, GRPC, BOOST, r"journal/memory_journal\.h")),
    "platform": (("core/model", "core/queue", "broker", "journal"), (GRPC, PROTOBUF)),
    "wire": ((), (SOCKETS, GRPC, BEAST)),
    "server/runtime": (("server/http", "server/grpc", "wire", "proto"), (BEAST, GRPC)),
    "server/api": (("server/runtime", "server/grpc", "server/http"), (GRPC, BOOST)),
    "server/grpc": (("broker", "core/queue", "journal"), ()),
    "server/http": (("broker", "core/queue", "journal"), (GRPC,)),
    "server/console": (("broker", "core/queue", "journal"), (GRPC,)),
    "client/lib": (("server", "broker", "core/queue"), ()),
    "client/cli": (("server", "broker", "core/queue"), ()),
    "client/examples": (("server", "broker", "core/queue", "proto", "wire", "platform"),
                        (GRPC, PROTOBUF)),
    "client/load": (("server", "broker", "core/queue"), ()),
    "sim/history": (("core/queue", "broker"), ()),
    "sim/world": (("server", "platform"), (THREADS,)),
}

# Layers whose own folder also holds others' folders: their files lie directly in it.
MAINS = {"server": "server/main", "sim": "sim/main"}

NO_LAYER = "in no layer; see USES in cmake/checks/layering.py"


def layer_of(path):
    """The layer of a file: its longest folder in the table; None when there is none."""
    folder = pathlib.PurePosixPath(path).parent.as_posix()
    if folder in MAINS:
        return MAINS[folder]
    if folder.split("/")[0] == "tests":
        return "tests"
    while folder != ".":
        if folder in USES:
            return folder
        folder = pathlib.PurePosixPath(folder).parent.as_posix()
    return None


def within(layer, parents):
    return any(layer == parent or layer.startswith(parent + "/") for parent in parents)


def reachable(layer):
    """Every layer that `layer` may use: the arrows followed, less what it must never see."""
    seen, waiting = set(), [layer]
    while waiting:
        for used in USES[waiting.pop()]:
            if used not in seen:
                seen.add(used)
                waiting.append(used)
    forbidden = NEVER.get(layer, ((), ()))[0]
    return {used for used in seen if not within(used, forbidden)} | {layer}


def edge_error(layer, used):
    """Why `layer` may not use the layer `used`, or None."""
    if layer == "tests" or used in reachable(layer):
        return None
    if used == "tests" or used in MAINS.values():
        return f"nothing uses {used}"
    return f"{layer} may not use {used}"


def foreign_error(layer, name):
    """Why `layer` may not see another's header or CMake target, or None."""
    if any(re.match(pattern, name) for pattern in NEVER.get(layer, ((), ()))[1]):
        return f"{layer} must never see {name}"
    return None


def check_source(source):
    layer = layer_of(source.path)
    if layer is None:
        yield Finding(source.path, 1, "layering", NO_LAYER)
        return
    for line, written in includes(source.text):
        name = written[1:-1]
        used = layer_of(name) if written.startswith('"') else None
        error = (edge_error(layer, used) if used else None) or foreign_error(layer, name)
        if error:
            yield Finding(source.path, line, "layering", error)


def layer_of_target(name):
    """core_queue -> core/queue: the longest layer whose name, with underscores, begins it; else the
    main whose folder it names (server_options -> server/main)."""
    if name.startswith("tests"):
        return "tests"
    candidates = [layer for layer in USES
                  if (name + "_").startswith(layer.replace("/", "_") + "_")]
    return max(candidates, key=len, default=None) or MAINS.get(name.split("_")[0])


def check_cmake(source):
    """The DEPS of each target in a folder's CMakeLists.txt."""
    layer = layer_of(source.path)
    code = re.sub(r"#[^\n]*", lambda match: " " * len(match.group()), source.text)
    for match in re.finditer(r"\S+::\S*[^\s)]", code):
        if layer is None:
            yield Finding(source.path, line_of(code, match.start()), "layering", NO_LAYER)
            return
        name = match.group()
        used = layer_of_target(name.removeprefix("twinq::")) if name.startswith("twinq::") else None
        error = (edge_error(layer, used) if used else None) or foreign_error(layer, name)
        if name.startswith("twinq::") and not used:
            error = f"{name} is in no layer"
        if error:
            yield Finding(source.path, line_of(code, match.start()), "layering", error)


def check(root):
    found = []
    for source in sources(root, ".cc", ".h"):
        found += check_source(source)
    for source in sources(root, "CMakeLists.txt"):
        found += check_cmake(source)
    return found


if __name__ == "__main__":
    run(__doc__, check)
