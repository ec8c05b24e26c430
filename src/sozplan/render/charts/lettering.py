"""How much room words take, measured in the packaged font: the same on every machine, whatever fonts it has."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont

SMALL = 8.0
"""The smallest letters on paper, in points."""
PLAIN = 8.5
_EM = 1000
_PIECES = re.compile(r"[^ -]*(?:-+| +|$)")
"""A line may end after a blank or a hyphen."""
_FACES = {False: "SourceSansPro-Regular.ttf", True: "SourceSansPro-Semibold.ttf"}


def width(words: str, size: float, *, bold: bool = False) -> float:
    return float(_face(bold).getlength(words)) / _EM * size


def lines(words: str, room: float, size: float, *, most: int = 2, bold: bool = False) -> list[str]:
    """The words in lines no wider than `room`; what doesn't fit into the last one ends in an ellipsis."""
    broken: list[str] = []
    for piece in _PIECES.findall(words):
        if broken and width(broken[-1] + piece.rstrip(" "), size, bold=bold) <= room:
            broken[-1] += piece
        else:
            broken.append(piece)
    if len(broken) > most:
        broken[most - 1 :] = ["".join(broken[most - 1 :])]
    return [_shortened(line.strip(" "), room, size, bold=bold) for line in broken]


def _shortened(line: str, room: float, size: float, *, bold: bool) -> str:
    if width(line, size, bold=bold) <= room:
        return line
    while line and width(f"{line}…", size, bold=bold) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


@lru_cache(maxsize=2)
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    content = (files("font_source_sans_pro") / "files" / _FACES[bold]).read_bytes()
    return ImageFont.truetype(BytesIO(content), _EM, layout_engine=ImageFont.Layout.BASIC)
