"""What `--only` asks for."""

import re


class Words:
    """Hits every path if there are no words, else those that have them as whole words."""

    def __init__(self, text):
        self._pattern = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)" if text else "")

    def hit(self, *paths):
        return any(self._pattern.search(path) for path in paths)
