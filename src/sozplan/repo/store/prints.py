"""Observations told apart by a number each, so that doubles are found among millions at eight bytes a row.

Two rows with the same number are the same observation, or meet by an accident of one in a million; either way they are
read before anything is said of them.
The last two bits aren't part of the number: they mark a row that is doubted for another reason, and one that came after
the release.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from sozplan.repo.store.duck import literal, opened

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    Prints = NDArray[np.uint64]
    """Sorted."""

_PIECE = 1_000_000
DOUBTED, LATE = 1, 2
_BITS = 2
_NUMBER = 2**64 - 2**_BITS
FIELDS = ("indicator", "area", "period", "vintage")
_COLUMNS = ", ".join(f"'{field}': 'VARCHAR'" for field in FIELDS)
_SOURCE = (
    "read_csv(getvariable('source'), delim = '\x1f', header = false, auto_detect = false, quote = '', escape = '', "
    f"nullstr = [''], columns = {{{_COLUMNS}}})"
)


def key(vintage: date | None = None) -> str:
    """SQL for a row's number; rows without a vintage have that of their file."""
    stated = "vintage" if vintage is None else f"coalesce(vintage, {literal(vintage.isoformat())})"
    return f"(hash(indicator, area, period, {stated}) & {_NUMBER}::UBIGINT)"


class Repeated(NamedTuple):
    """The first of the numbers that stand more than once, and how many there are."""

    first: tuple[int, ...]
    number: int


def repeated(prints: Prints, most: int) -> Repeated:
    """Looked through piece by piece: a copy would cost as much as all of it."""
    import numpy as np

    found = [piece[1:][piece[1:] >> _BITS == piece[:-1] >> _BITS] >> _BITS for piece in _pieces(prints, overlap=1)]
    return _told(_distinct(np.concatenate(found)) if found else prints, most)


def _distinct(numbers: Prints) -> Prints:
    """Of sorted numbers; numpy's own way doesn't know that they are, and takes ten times as long."""
    import numpy as np

    is_new = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=is_new[1:])
    return numbers[is_new]


def _told(numbers: Prints, most: int) -> Repeated:
    return Repeated(tuple((numbers[:most] << _BITS).tolist()), len(numbers))


def has(prints: Prints, mark: int) -> bool:
    """Whether any row is marked so."""
    return any(bool((piece & mark).any()) for piece in _pieces(prints))


def _pieces(prints: Prints, overlap: int = 0) -> Iterator[Prints]:
    return (prints[start : start + _PIECE + overlap] for start in range(0, len(prints), _PIECE))


def shared(files: Sequence[Prints], most: int) -> list[Repeated]:
    """Of each file the numbers that stand in another one as well."""
    import numpy as np

    if sum(len(each) > 0 for each in files) < 2:
        return [Repeated((), 0)] * len(files)
    single = [_distinct(np.right_shift(each, np.uint64(_BITS))) for each in files]
    together = np.concatenate(single)
    together.sort()
    several = _distinct(together[1:][together[1:] == together[:-1]])
    del together
    return [_told(_common(several, each), most) for each in single]


def _common(numbers: Prints, others: Prints) -> Prints:
    """Those of sorted numbers that are among others, which are sorted as well."""
    import numpy as np

    if not len(others):
        return others
    found = []
    for piece in _pieces(numbers):
        places = np.minimum(np.searchsorted(others, piece), len(others) - 1)
        found.append(piece[others[places] == piece])
    return np.concatenate(found) if found else numbers


def of(keys: Collection[tuple[str, str, str, date | None]]) -> Prints:
    """Those of observations that are held."""
    import numpy as np

    if not keys:
        return np.empty(0, np.uint64)
    with TemporaryDirectory(prefix="sozplan-") as folder:
        place = Path(folder, "keys")
        with place.open("w", encoding="utf-8") as file:
            file.writelines(f"{written(indicator, area, when, day)}\n" for indicator, area, when, day in keys)
        with opened(place, ordered=False) as connection:
            return fetched(connection.execute(f"SELECT {key()} AS print FROM {_SOURCE}"))


def written(indicator: str, area: str, period: str, vintage: date | None) -> str:
    return "\x1f".join((indicator, area, period, "" if vintage is None else vintage.isoformat()))


def fetched(query: Any) -> Prints:
    found: Prints = query.fetchnumpy()["print"]
    found.sort()
    return found
