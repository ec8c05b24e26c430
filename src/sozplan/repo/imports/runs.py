"""Records in order, however many there are: beyond what may be held they wait on the disk in sorted pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from pathlib import Path

_BETWEEN = "\x00"
"""Below every character of a field, so that lines sort as their fields do."""


class Runs:
    """Takes records of as many fields each, without line ends, and gives them back sorted, as often as asked."""

    def __init__(self, folder: Path, name: str, held: int) -> None:
        self._folder, self._name, self._most = folder, name, held
        self._lines: list[str] = []
        self._pieces: list[Path] = []

    def add(self, fields: Iterable[str]) -> None:
        self._lines.append(f"{_BETWEEN.join(fields)}\n")
        if len(self._lines) >= self._most:
            self._put_down()

    def _put_down(self) -> None:
        self._lines.sort()
        piece = self._folder / f"{self._name}-{len(self._pieces)}"
        with piece.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
            file.writelines(self._lines)
        self._pieces.append(piece)
        self._lines.clear()

    def sorted(self) -> Iterator[list[str]]:
        self._lines.sort()
        lines = merge(*map(_read, self._pieces), self._lines) if self._pieces else iter(self._lines)
        return (line[:-1].split(_BETWEEN) for line in lines)


def _read(piece: Path) -> Iterator[str]:
    with piece.open(encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        yield from file
