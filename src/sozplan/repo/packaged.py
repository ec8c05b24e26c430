"""What comes along with the program to be copied: the example town, and files for build servers.

In a wheel they lie inside the package, in a checkout where people read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sozplan.repo.names import FOLDERS, SETTINGS

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def example() -> Iterator[tuple[str, bytes]]:
    """Path and content of each file of the example town."""
    packaged = _PACKAGE / "example"
    root = packaged if packaged.is_dir() else _CHECKOUT
    for name in (SETTINGS, "templates", *FOLDERS):
        place = root / name
        for file in [place] if place.is_file() else sorted(each for each in place.rglob("*") if each.is_file()):
            yield file.relative_to(root).as_posix(), file.read_bytes()


def ci_file(name: str) -> bytes:
    """The file for a build server, which says itself where it belongs."""
    packaged = _PACKAGE / "skeleton/ci"
    return ((packaged if packaged.is_dir() else _CHECKOUT / "docs/ci") / f"{name}.yml").read_bytes()
