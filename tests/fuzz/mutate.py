"""Breaking what is sound: bytes, words, lines and pieces of other files, and what is kept of it."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.fuzz.seeds import TOKENS

Break = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
_RUNS = re.compile(r"number_of_executed_units: (\d+)")


def broken(chance: random.Random, sound: Sequence[bytes]) -> bytes:
    """One of them, broken in a few places."""
    case = chance.choice(sound)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        case = chance.choice(BREAKS)(chance, case, sound)
    return case[:200_000]


def _place(chance: random.Random, case: bytes) -> int:
    return chance.randrange(len(case) + 1)


def token(chance: random.Random, case: bytes, _: Sequence[bytes]) -> bytes:
    at = _place(chance, case)
    return case[:at] + chance.choice(TOKENS) + case[at + chance.choice((0, 0, 1, 5)) :]


def byte(chance: random.Random, case: bytes, _: Sequence[bytes]) -> bytes:
    at = _place(chance, case)
    return case[:at] + bytes([chance.randrange(256)]) + case[at + 1 :]


def cut(chance: random.Random, case: bytes, _: Sequence[bytes]) -> bytes:
    at = _place(chance, case)
    return case[:at] + case[at + chance.choice((1, 2, 10, 100, 100_000)) :]


def word(chance: random.Random, case: bytes, _: Sequence[bytes]) -> bytes:
    """Another value in the place of one word."""
    words = list(re.finditer(rb"[\w.,-]+", case))
    if not words:
        return token(chance, case, ())
    found = chance.choice(words)
    return case[: found.start()] + chance.choice(TOKENS) + case[found.end() :]


def lines(chance: random.Random, case: bytes, _: Sequence[bytes]) -> bytes:
    """A line left out, twice, elsewhere or further in."""
    found = case.splitlines(keepends=True)
    if not found:
        return case
    at = chance.randrange(len(found))
    match chance.randrange(4):
        case 0:
            del found[at]
        case 1:
            found.insert(at, found[at])
        case 2:
            found.insert(chance.randrange(len(found)), found.pop(at))
        case _:
            found[at] = b"  " * chance.randrange(1, 4) + found[at]
    return b"".join(found)


def piece(chance: random.Random, case: bytes, sound: Sequence[bytes]) -> bytes:
    """Some of another file."""
    other = chance.choice(sound or [case])
    start, at = _place(chance, other), _place(chance, case)
    return case[:at] + other[start : start + chance.choice((5, 50, 500))] + case[at:]


def again(chance: random.Random, case: bytes, _: Sequence[bytes]) -> bytes:
    """The same many times over, or deep inside itself."""
    at = _place(chance, case)
    found = case[at : at + chance.choice((1, 3, 20))]
    return case[:at] + found * chance.choice((2, 100, 3_000)) + case[at:]


BREAKS: Sequence[Break] = (token, byte, cut, word, word, lines, lines, piece, again)


def keep(folder: Path, content: bytes) -> None:
    """In a file named by its content, as libFuzzer does."""
    place = folder / hashlib.sha1(content, usedforsecurity=False).hexdigest()
    if not place.exists():
        place.write_bytes(content)


def dictionary() -> str:
    """The words for libFuzzer."""
    escaped = ("".join(f"\\x{byte:02x}" for byte in each) for each in TOKENS if 0 < len(each) < 60)
    return "".join(f'"{each}"\n' for each in escaped)


def runs(log: Sequence[str]) -> str:
    found = next((match[1] for match in map(_RUNS.search, reversed(log)) if match), "?")
    return f"{found:>9} cases"
