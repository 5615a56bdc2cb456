"""Banned calls: what would break determinism, ownership or style, outside a short allow-list."""

import re

from source_tree import Finding, code_only, line_of, run, sources

# rule: what it looks like in code without comments and strings.
BANNED = {
    "clock": r"\babsl::Now\b|::now\s*\(\s*\)|\btime\s*\(\s*(?:nullptr|NULL|0|&)"
             r"|\b(?:clock_gettime|gettimeofday)\s*\(",
    "entropy": r"\b(?:s?rand|rand_r|srandom|drand48)\s*\(|\brandom_device\b|\b(?:Insecure)?BitGen\b"
               r"|\bgetrandom\s*\(|\bRAND_bytes\s*\(",
    "sleep": r"\b(?:sleep_for|sleep_until|SleepFor|usleep|nanosleep|sleep)\s*\(",
    "thread": r"\bstd::(?:jthread|thread(?!::id)|async)\b|\bpthread_create\b",
    "lock": r"\bstd::(?:(?:recursive_|shared_)?(?:timed_)?mutex|condition_variable(?:_any)?)\b"
            r"|\babsl::(?:Mutex|MutexLock|CondVar)\b",
    "allocation": r"(?<!operator )\bnew\b|(?<!operator )(?<!= )(?<!=)\bdelete\b",
    "throw": r"\bthrow\b",
    "using namespace": r"\busing\s+namespace\b",
    "standard output": r"\bstd::cout\b",
}

# A path, or a folder with its slash: the rules that do not hold there. Each entry has its reason.
ALLOWED = {
    # The only door to the operating system.
    "platform/": {"clock", "entropy", "sleep", "thread", "lock"},
    # Programs talk to people and scripts through standard output.
    "server/main.cc": {"standard output"},
    "client/cli/": {"standard output"},
    "client/load/": {"standard output"},
    "bench/": {"standard output"},
    # A payload and its bytes share one block, so the object is put into it by placement.
    "broker/payload.cc": {"allocation"},
    # It stands in for the machine's own.
    "tests/soak/moved_clock.cc": {"clock"},
    # Floors measure without our code around them.
    "bench/e2e/stopwatch.h": {"clock"},
    "bench/e2e/echo_server.cc": {"thread"},
}


def allowed(path, rule):
    return any(rule in rules and (path == place or (place.endswith("/") and path.startswith(place)))
               for place, rules in ALLOWED.items())


def check_source(source):
    code = code_only(source.text)
    for rule, pattern in BANNED.items():
        if allowed(source.path, rule):
            continue
        for match in re.finditer(pattern, code):
            yield Finding(source.path, line_of(code, match.start()), f"banned: {rule}",
                          f"`{match.group().strip()}` is banned here")


def check(root):
    return [finding for source in sources(root, ".cc", ".h") for finding in check_source(source)]


if __name__ == "__main__":
    run(__doc__, check)
