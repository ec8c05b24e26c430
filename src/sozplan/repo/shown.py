"""Foreign text inside a message: on one line, not too long, nothing that a terminal would obey."""

from __future__ import annotations

import re

WIDTH = 60
_CREDENTIALS = re.compile(r"(://)[^/@\s]+@")
_SECRETS = re.compile(r"\b((?:ssl)?(?:password|passwd|pwd)|secret|token)=[^&\s]+", re.IGNORECASE)


def shown(text: str, width: int = WIDTH) -> str:
    """The text with line ends and invisible characters escaped, without name and password in an address, and cut."""
    text = _SECRETS.sub(r"\1=…", _CREDENTIALS.sub(r"\1…@", text))
    cut = text if len(text) <= width else text[: width - 1] + "…"
    return cut if cut.isprintable() else "".join(map(_escaped, cut))


def shown_path(path: str) -> str:
    """A file's name in full: a place must be found again by it."""
    return shown(path, max(len(path), 1))


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    if "\udc80" <= character <= "\udcff":  # a byte of a file name that is not UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")
