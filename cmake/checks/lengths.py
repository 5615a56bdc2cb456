"""Length: a function has at most 60 lines between its braces, a file at most 600."""

import re

from source_tree import Finding, code_only, run, sources

FUNCTION_LINES_MAX = 60
FILE_LINES_MAX = 600


def without_preprocessor(code):
    """Macros need not balance their braces, so directives are blanked, with their continuations."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*",
                  lambda match: re.sub(r"[^\n]", " ", match.group()), code, flags=re.MULTILINE)


def opens(head):
    """What a brace opens, judged by the code between it and the statement before it."""
    head = re.sub(r"template\s*<.*?>\s*(?=\w)", "", head, flags=re.DOTALL).strip()
    if re.match(r"(?:inline\s+)?namespace\b|extern\b|(?:class|struct|union)\b|enum\b", head):
        return "scope"
    # A table such as Values(Case{…}) has its parentheses still open, or no parameter list at all.
    if head.endswith("=") or head.count("(") > head.count(")") or ")" not in head:
        return "initializer"
    return "function"


def functions(text):
    """(first line, last line) of each outermost function body."""
    code = without_preprocessor(code_only(text))
    stack = []  # What each open brace opened, with its line.
    line = 1
    head = ""
    for character in code:
        if character == "\n":
            line += 1
        if character == "{":
            inside = any(kind == "function" for kind, _ in stack)
            stack.append(("block" if inside else opens(head), line))
        elif character == "}" and stack:
            kind, first = stack.pop()
            if kind == "function":
                yield first, line
        head = "" if character in "{};" else head + character


def check_source(source):
    lines = source.text.count("\n")
    if lines > FILE_LINES_MAX:
        yield Finding(source.path, lines, "length: file",
                      f"{lines} lines; split it by concept before {FILE_LINES_MAX}")
    for first, last in functions(source.text):
        length = last - first - 1
        if length > FUNCTION_LINES_MAX:
            yield Finding(source.path, first, "length: function",
                          f"{length} lines between the braces, at most {FUNCTION_LINES_MAX}")


def check(root):
    return [finding for source in sources(root, ".cc", ".h") for finding in check_source(source)]


if __name__ == "__main__":
    run(__doc__, check)
